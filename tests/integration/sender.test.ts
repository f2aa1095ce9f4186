import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { claimAccount } from "@/lib/account/claim-account";
import type { Db } from "@/lib/db/client";
import { beat, findLastBeat, isBeating } from "@/lib/heartbeat";
import { callKommo } from "@/lib/kommo/client";
import { createLead } from "@/lib/leads/mutations";
import { findQueueStop, haltQueue } from "@/lib/queue/halt";
import { countRequests, findPause, slowDown, takeSlot } from "@/lib/rate-limit/budget";
import { holdLease, takeLease } from "@/lib/worker/lease";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";

const HOUR_MS = 60 * 60 * 1000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

async function listStarts(db: Db): Promise<number[]> {
  const { starts } = await db.selectFrom("budget").select("starts").executeTakeFirstOrThrow();
  return z.array(z.number()).parse(JSON.parse(starts));
}

function busiestSecond(starts: number[]): number {
  return Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length));
}

/** Who asks now waits for an hour, and each after the other: longer than a test on the busiest machine. */
async function close(db: Db): Promise<void> {
  await db
    .updateTable("budget")
    .set({ gap_ms: 1000, closed_until: Date.now() + HOUR_MS })
    .execute();
}

/** Resolves when so many have a place. */
async function waitForPlaces(db: Db, count: number): Promise<number[]> {
  await vi.waitFor(async () => expect(await listStarts(db)).toHaveLength(count), 5000);
  return listStarts(db);
}

async function readLeaseEnd(db: Db): Promise<number> {
  const { lease_ends } = await db.selectFrom("sender").select("lease_ends").executeTakeFirstOrThrow();
  return lease_ends;
}

/** Resolves when somebody has a place more than a minute after that moment (epoch ms). */
async function settleUntil(db: Db, after: number): Promise<"waiting"> {
  const isLater = (at: number) => at > after + 60_000;
  await vi.waitFor(async () => expect((await listStarts(db)).filter(isLater)).toHaveLength(1), 5000);
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

  describe("whose clock is set back by an hour", () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] }));
    afterEach(() => void vi.useRealTimers());

    const setBack = () => {
      clock -= HOUR_MS;
    };
    const pass = (ms: number) => {
      clock += ms;
      vi.advanceTimersByTime(ms);
    };

    test("is replaced all the same when it dies, and not while it lives", async () => {
      const next = holdLease({ isAlive, db, now, holder: "next" });
      await takeLease("first", db, clock);
      setBack();
      for (const ms of [2500, 2500, 2500, 2500, 2500]) {
        await takeLease("first", db, clock);
        await next.renew();
        expect(next.isHeld()).toBe(false);
        pass(ms);
      }

      setBack();
      await next.renew();
      pass(10_000);
      await next.renew();

      expect(next.isHeld()).toBe(true);
      await next.release();
    });

    test("finds its lease gone and its slot over when it wakes", async () => {
      const lease = holdLease({ isAlive, db, now, holder: "frozen" });
      await lease.renew();
      const slot = await takeSlot(db, now);

      setBack();
      vi.advanceTimersByTime(9500);

      expect(lease.isHeld()).toBe(false);
      expect(slot.isOver()).toBe(true);
      await lease.release();
    });

    test("waits no longer for what is due, for a silence and for a probe", async () => {
      const author = await insertSeller(db);
      const [early, late] = [aLead(), aLead()];
      await createLead(late, author, db, clock + 5000, RULES);
      await createLead(early, author, db, clock - HOUR_MS - 60_000, RULES);
      await haltQueue("token_refused", db, clock);
      await slowDown(300, db, clock);
      await takeLease("one", db, clock);

      setBack();
      await takeLease("one", db, clock);

      const leads = await db.selectFrom("leads").select(["id", "due_at"]).orderBy("due_at").execute();
      expect(leads).toEqual([
        { id: early.id, due_at: clock - HOUR_MS - 60_000 },
        { id: late.id, due_at: clock + 5000 },
      ]);
      expect(await findQueueStop(db)).toMatchObject({ probeAt: clock + 30_000 });
      expect(await findPause(db, clock)).toBe(300_000);
    });

    test("notices it after a stop, too", async () => {
      const stopped = holdLease({ isAlive, db, now, holder: "stopped" });
      await stopped.renew();
      await slowDown(300, db, clock);
      await stopped.release();

      setBack();
      await takeLease("next", db, clock);

      expect(await findPause(db, clock)).toBeLessThanOrEqual(310_000);
    });
  });

  test("whose clock is set back while it waits for a slot gets one, and six in a second stay six", async () => {
    let offset = 0;
    const clocked = () => Date.now() + offset;
    const real: number[] = [];
    const askAs = (isPerson: boolean) => async () => {
      await takeSlot(db, clocked, { isPerson });
      real.push(Date.now());
    };
    const ask = askAs(false);
    await takeLease("one", db, clocked());
    await Promise.all(Array.from({ length: 6 }, ask));
    const waiting = Array.from({ length: 3 }, ask);
    await vi.waitFor(async () => expect(await listStarts(db)).toHaveLength(9), 5000);

    offset -= HOUR_MS;
    waiting.push(askAs(true)(), askAs(true)(), ask());
    await takeLease("one", db, clocked());
    await Promise.all(waiting);

    expect(real).toHaveLength(12);
    expect(busiestSecond(real)).toBeLessThanOrEqual(6);
  });

  test("shows that it lives with every slot, as a person's slot does not", async () => {
    beat("busy", -HOUR_MS);

    await takeSlot(db, Date.now, { isPerson: true });
    expect(isBeating()).toBe(false);
    await takeSlot(db);

    expect(isBeating()).toBe(true);
    expect(findLastBeat()).toMatchObject({ failure: "busy" });
  });

  test("and everybody else who talks to Kommo share one budget", async () => {
    const starts: number[] = [];

    await Promise.all(Array.from({ length: 8 }, () => takeSlot(db).then(() => starts.push(Date.now()))));

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
        slot: () => takeSlot(db),
      });
    }

    expect(busiestSecond(arrivals)).toBeLessThanOrEqual(6);
    far.close();
  });

  test("whose slot was taken long ago finds it over", async () => {
    const slot = await takeSlot(db, now);

    expect(slot.isOver()).toBe(false);
    clock += 2500;
    expect(slot.isOver()).toBe(true);
  });

  test("lets a person at the keyboard go before deliveries that wait", async () => {
    const [ends, leaves] = [new AbortController(), new AbortController()];
    await close(db);
    const deliver = () => takeSlot(db, Date.now, { signal: ends.signal }).catch(() => undefined);
    const deliveries = [deliver(), deliver()];
    const before = await waitForPlaces(db, 2);

    const asking = takeSlot(db, Date.now, { isPerson: true, signal: leaves.signal }).catch(() => undefined);
    const among = await waitForPlaces(db, 3);
    leaves.abort();
    await asking;

    expect(among.slice(0, 2)).toEqual(before);
    expect(await listStarts(db)).toEqual(among.slice(1));
    ends.abort();
    await Promise.all(deliveries);
  });

  test("is not starved by people who ask without end", async () => {
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      for (;;) await takeSlot(db, Date.now, { isPerson: true, signal: stop.signal });
    };
    const people = Array.from({ length: 4 }, () => ask().catch(() => undefined));
    await vi.waitFor(async () => expect(await countRequests(0, db)).toBeGreaterThan(6), 5000);

    const asked = Date.now();
    for (let slot = 0; slot < 2; slot++) await takeSlot(db);
    expect(Date.now() - asked).toBeLessThan(10_000);

    stop.abort();
    await Promise.all(people);
  });

  test("is not charged for a person who types on before it is their turn", async () => {
    await close(db);
    const typing = new AbortController();

    const person = takeSlot(db, Date.now, { isPerson: true, signal: typing.signal });
    await waitForPlaces(db, 1);
    typing.abort();

    await expect(person).rejects.toMatchObject({ name: "AbortError" });
    expect(await listStarts(db)).toEqual([]);
    await expect(takeSlot(db, Date.now, { signal: typing.signal })).rejects.toThrow();
    expect(await listStarts(db)).toEqual([]);
  });

  test("does not use a slot taken before Kommo asked for silence", async () => {
    await close(db);
    const stop = new AbortController();

    const slot = takeSlot(db, Date.now, { signal: stop.signal });
    await waitForPlaces(db, 1);
    await slowDown(7200, db);

    expect(await Promise.race([slot.then(() => "gone"), settleUntil(db, Date.now() + HOUR_MS)])).toBe(
      "waiting",
    );
    stop.abort();
    await expect(slot).rejects.toMatchObject({ name: "AbortError" });
  });

  test("gets its slot on a database that is slow to commit, and wastes none", async () => {
    const slow = withSlowCommits(db, 60);

    for (let slot = 0; slot < 3; slot++) await takeSlot(slow);

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
