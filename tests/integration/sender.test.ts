import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { takeTurn } from "@/lib/outbox/budget";
import { holdLease, takeLease } from "@/lib/outbox/lease";
import { claimAccount } from "@/lib/outbox/mutations";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";

describe.each(migratedDatabases)("the one sender on $name", ({ open }) => {
  let db: Db;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(() => {
    clock = 1_763_719_200_000;
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const now = () => clock;

  test("holds its lease against a second process, and prolongs it", async () => {
    expect(await takeLease("first", db, clock)).toBe(true);
    expect(await takeLease("second", db, clock)).toBe(false);

    clock += 9000;
    expect(await takeLease("first", db, clock)).toBe(true);
    clock += 9000;
    expect(await takeLease("second", db, clock)).toBe(false);
  });

  test("that dies is replaced within 15 seconds", async () => {
    await takeLease("first", db, clock);

    clock += 14_000;
    expect(await takeLease("second", db, clock)).toBe(true);
    expect(await takeLease("first", db, clock)).toBe(false);
  });

  test("of many that ask at once is one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => takeLease(`process ${index}`, db, clock)),
    );

    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test("that was frozen finds its lease gone before anything else can tell it", async () => {
    const lease = holdLease(db, now, "frozen");
    await lease.renew();
    expect(lease.isHeld()).toBe(true);

    clock += 9500;
    expect(lease.isHeld()).toBe(false);
    await lease.release();
  });

  test("gives the lease up when it stops, so that the next need not wait", async () => {
    const lease = holdLease(db, now, "first");
    await lease.renew();

    await lease.release();

    expect(lease.isHeld()).toBe(false);
    expect(await takeLease("second", db, clock)).toBe(true);
  });

  test("and everybody else who talks to Kommo share one budget", async () => {
    const starts: number[] = [];
    const began = Date.now();

    await Promise.all(
      Array.from({ length: 8 }, () => takeTurn(db).then(() => starts.push(Date.now() - began))),
    );

    expect(starts.filter((at) => at < 1000)).toHaveLength(6);
  });

  test("never sends practice leads to a real account, nor the other way round", async () => {
    await claimAccount("practice", db);

    await claimAccount("practice", db);
    await expect(claimAccount("kommo", db)).rejects.toMatchObject({
      code: "settings",
      message: expect.stringContaining("set DATABASE_URL"),
    });
  });
});
