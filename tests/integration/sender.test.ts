import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { callKommo } from "@/lib/kommo/client";
import { countRequests, slowDown, takeTurn } from "@/lib/outbox/budget";
import { holdLease, takeLease } from "@/lib/outbox/lease";
import { claimAccount } from "@/lib/outbox/mutations";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";

async function listStarts(db: Db): Promise<number[]> {
  const { starts } = await db.selectFrom("budget").select("starts").executeTakeFirstOrThrow();
  return z.array(z.number()).parse(JSON.parse(starts));
}

function busiestSecond(starts: number[]): number {
  return Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length));
}

/** Six requests that start in a second: who asks now waits for two, and each after the other. */
async function useUp(db: Db): Promise<void> {
  const starts = Array.from({ length: 6 }, () => Date.now() + 1000);
  await db
    .updateTable("budget")
    .set({ starts: JSON.stringify(starts), gap_ms: 1000 })
    .execute();
}

async function readLeaseEnd(db: Db): Promise<number> {
  const { lease_ends } = await db.selectFrom("sender").select("lease_ends").executeTakeFirstOrThrow();
  return lease_ends;
}

/** Resolves when somebody has a place after that moment (epoch ms). */
async function settleUntil(db: Db, after: number): Promise<"waiting"> {
  await vi.waitFor(async () => expect(Math.max(...(await listStarts(db)))).toBeGreaterThan(after), 5000);
  return "waiting";
}

/** The same database, of which each transaction is answered so many milliseconds after its commit. */
function withSlowCommits(db: Db, ms: number): Db {
  const transaction = () => {
    const builder = db.transaction();
    const execute: typeof builder.execute = async (run) => {
      const answer = await builder.execute(run);
      await wait(ms);
      return answer;
    };
    return { execute };
  };
  return Object.create(db, { transaction: { value: transaction } });
}

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
  const isAlive = () => true;

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
    const lease = holdLease({ isAlive, db, now, holder: "frozen" });
    await lease.renew();
    expect(lease.isHeld()).toBe(true);

    clock += 9500;
    expect(lease.isHeld()).toBe(false);
    await lease.release();
  });

  test("that hangs loses its lease, and another process takes over", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let isHung = false;
    const lease = holdLease({ isAlive: () => !isHung, db, now, holder: "hung" });
    await lease.renew();
    const passTime = async () => {
      clock += 6000;
      await vi.advanceTimersByTimeAsync(6000);
      await vi.waitFor(async () =>
        expect(await readLeaseEnd(db)).toBe(isHung ? hungAt + 10_000 : clock + 10_000),
      );
    };

    await passTime();
    await passTime();
    expect(await takeLease("second", db, clock)).toBe(false);
    const hungAt = clock;
    isHung = true;
    await passTime();
    await passTime();

    expect(lease.isHeld()).toBe(false);
    expect(await takeLease("second", db, clock)).toBe(true);
    await lease.release();
    vi.useRealTimers();
  });

  test("gives the lease up when it stops, so that the next need not wait", async () => {
    const lease = holdLease({ isAlive, db, now, holder: "first" });
    await lease.renew();

    await lease.release();

    expect(lease.isHeld()).toBe(false);
    expect(await takeLease("second", db, clock)).toBe(true);
  });

  test("and everybody else who talks to Kommo share one budget", async () => {
    const starts: number[] = [];

    await Promise.all(Array.from({ length: 8 }, () => takeTurn(db).then(() => starts.push(Date.now()))));

    expect(starts).toHaveLength(8);
    expect(busiestSecond(starts)).toBeLessThanOrEqual(6);
  });

  test("holds Kommo's second, though a request was long on its way", async () => {
    const arrivals: number[] = [];
    const far = createServer(async (_, response) => {
      if (arrivals.length === 0) await wait(300);
      arrivals.push(Date.now());
      response.end("{}");
    });
    await new Promise<void>((resolve) => far.listen(0, "127.0.0.1", resolve));
    const { port } = far.address() as AddressInfo;
    const connection = { baseUrl: `http://127.0.0.1:${port}`, token: "x" };

    for (let request = 0; request < 8; request++) {
      await callKommo({ method: "GET", path: "/account" }, z.unknown(), {
        connection,
        turn: () => takeTurn(db),
      });
    }

    expect(busiestSecond(arrivals)).toBeLessThanOrEqual(6);
    far.close();
  });

  test("whose turn was taken long ago finds it over", async () => {
    const turn = await takeTurn(db, now);

    expect(turn.isOver()).toBe(false);
    clock += 2500;
    expect(turn.isOver()).toBe(true);
  });

  test("lets a person at the keyboard go before deliveries that wait", async () => {
    const order: string[] = [];
    const deliver = (name: string) => takeTurn(db).then(() => void order.push(name));
    await useUp(db);

    const waiting = [deliver("first"), deliver("second")];
    await vi.waitFor(async () => expect(await countRequests(0, db)).toBe(8), 5000);
    const person = takeTurn(db, Date.now, { isPerson: true }).then(() => void order.push("person"));
    await Promise.all([...waiting, person]);

    expect(order[0]).toBe("person");
    expect(busiestSecond(await listStarts(db))).toBeLessThanOrEqual(6);
  });

  test("is not starved by people who ask without end", async () => {
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      for (;;) await takeTurn(db, Date.now, { isPerson: true, signal: stop.signal });
    };
    const people = Array.from({ length: 4 }, () => ask().catch(() => undefined));
    await vi.waitFor(async () => expect(await countRequests(0, db)).toBeGreaterThan(6), 5000);

    const asked = Date.now();
    for (let turn = 0; turn < 2; turn++) await takeTurn(db);
    expect(Date.now() - asked).toBeLessThan(10_000);

    stop.abort();
    await Promise.all(people);
  });

  test("is not charged for a person who types on before it is their turn", async () => {
    await useUp(db);
    const typing = new AbortController();

    const person = takeTurn(db, Date.now, { isPerson: true, signal: typing.signal });
    await vi.waitFor(async () => expect(await countRequests(0, db)).toBe(7), 5000);
    typing.abort();

    await expect(person).rejects.toMatchObject({ name: "AbortError" });
    expect(await countRequests(0, db)).toBe(6);
    await expect(takeTurn(db, Date.now, { signal: typing.signal })).rejects.toThrow();
    expect(await countRequests(0, db)).toBe(6);
  });

  test("does not use a turn taken before Kommo asked for silence", async () => {
    await useUp(db);
    const stop = new AbortController();

    const turn = takeTurn(db, Date.now, { signal: stop.signal });
    await vi.waitFor(async () => expect(await countRequests(0, db)).toBe(7), 5000);
    await slowDown(300, db);
    const waited = await Promise.race([turn.then(() => "gone"), settleUntil(db, Date.now() + 200_000)]);

    expect(waited).toBe("waiting");
    stop.abort();
    await expect(turn).rejects.toMatchObject({ name: "AbortError" });
  });

  test("gets its turn on a database that is slow to commit, and wastes none", async () => {
    const slow = withSlowCommits(db, 60);

    for (let turn = 0; turn < 3; turn++) await takeTurn(slow);

    expect(await countRequests(0, db)).toBe(3);
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
