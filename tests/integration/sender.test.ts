import type { Transaction } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { claimAccount } from "@/lib/account/claim-account";
import { setTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import type { Tables } from "@/lib/db/tables";
import { createLead } from "@/lib/leads/mutations";
import { findQueueStop, haltQueue } from "@/lib/queue/halt";
import { holdLease, takeLease } from "@/lib/worker/lease";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const HOUR_MS = 60 * 60 * 1000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

/** The database's own clock may be some ms ahead of ours. */
const isAbout =
  (time: number, marginMs = 1000) =>
  (other: number) =>
    Math.abs(other - time) < marginMs;

async function readLeaseEnd(db: Db): Promise<number> {
  const { lease_ends } = await db.selectFrom("sender").select("lease_ends").executeTakeFirstOrThrow();
  return lease_ends;
}

async function readUptime(db: Db): Promise<number> {
  const { uptime_ms } = await db.selectFrom("sender").select("uptime_ms").executeTakeFirstOrThrow();
  return uptime_ms;
}

/** From now on transactions are committed, and no answer tells of it. */
function loseAnswers(db: Db) {
  const begin = db.transaction.bind(db);
  return vi.spyOn(db, "transaction").mockImplementation(() => {
    const builder = begin();
    const commit = builder.execute.bind(builder);
    return Object.assign(builder, {
      async execute<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
        await commit(work);
        throw new Error("no answer");
      },
    });
  });
}

describe.each(migratedDatabases)("the one sender on $name", ({ open }) => {
  let db: Db;
  let clock: number;

  beforeAll(async () => {
    stubSettings("http://127.0.0.1:9");
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
    expect(await takeLease({ holder: "first" }, db, clock)).toBeDefined();
    expect(await takeLease({ holder: "second" }, db, clock)).toBeUndefined();

    clock += 9000;
    expect(await takeLease({ holder: "first" }, db, clock)).toBeDefined();
    clock += 9000;
    expect(await takeLease({ holder: "second" }, db, clock)).toBeUndefined();
  });

  test("that dies is replaced within 15 seconds", async () => {
    await takeLease({ holder: "first" }, db, clock);

    clock += 14_000;
    expect(await takeLease({ holder: "second" }, db, clock)).toBeDefined();
    expect(await takeLease({ holder: "first" }, db, clock)).toBeUndefined();
  });

  test("of many that ask at once is one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => takeLease({ holder: `process ${index}` }, db, clock)),
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

  test("renews once, however often it is asked while a slow database answers", async () => {
    let statements = 0;
    const counted = db.withPlugin({
      transformQuery: ({ node }) => {
        statements++;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const lease = holdLease({ isAlive, db: counted, now, holder: "slow" });
    await lease.renew();
    const once = statements;

    await Promise.all([lease.renew(), lease.renew(), lease.renew()]);
    expect(statements).toBeLessThan(2 * once);

    void lease.renew();
    await lease.release();
    expect(lease.isHeld()).toBe(false);
    expect(await takeLease({ holder: "second" }, db, clock)).toBeDefined();
  });

  test("counts the time it runs once, though renewals are committed and their answers lost", async () => {
    const lease = holdLease({ isAlive: () => false, db, now, steady: now, holder: "unanswered" });
    await lease.renew();
    const began = clock;

    const lost = loseAnswers(db);
    for (let renewals = 0; renewals < 8; renewals++) {
      clock += 15_000;
      await expect(lease.renew()).rejects.toThrow("no answer");
    }
    expect(await readUptime(db)).toBe(clock - began);
    lost.mockRestore();
    clock += 2500;
    await lease.renew();

    expect(await readUptime(db)).toBe(clock - began);
    expect(lease.uptime()).toBe(clock - began);
    await lease.release();
  });

  test("adds nothing that it counted under another epoch, and never counts back", async () => {
    const taken = await takeLease({ holder: "first" }, db, clock);
    const epoch = taken?.epoch ?? 0;

    await takeLease({ holder: "first", ran: { epoch, uptimeMs: 5000 } }, db, clock);
    await takeLease({ holder: "first", ran: { epoch, uptimeMs: 2500 } }, db, clock);
    await takeLease({ holder: "first", ran: { epoch: epoch + 1, uptimeMs: 90_000 } }, db, clock);

    expect(await readUptime(db)).toBe(5000);
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
        expect(await readLeaseEnd(db)).toSatisfy(isAbout(isHung ? hungAt + 10_000 : clock + 10_000)),
      );
    };

    await passTime();
    await passTime();
    expect(await takeLease({ holder: "second" }, db, clock)).toBeUndefined();
    const hungAt = clock;
    isHung = true;
    await passTime();
    await passTime();

    expect(lease.isHeld()).toBe(false);
    expect(await takeLease({ holder: "second" }, db, clock)).toBeDefined();
    await lease.release();
    vi.useRealTimers();
  });

  test("gives the lease up when it stops, so that the next need not wait", async () => {
    const lease = holdLease({ isAlive, db, now, holder: "first" });
    await lease.renew();

    await lease.release();

    expect(lease.isHeld()).toBe(false);
    expect(await takeLease({ holder: "second" }, db, clock)).toBeDefined();
  });

  describe("whose clock is set back by an hour", () => {
    // The time that was read of the shared clock goes on by the monotonic one.
    const readAgain = () => setTime(Date.now(), performance.now());
    let began: number;
    beforeEach(() => {
      began = Date.now();
      vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
      readAgain();
    });
    afterEach(() => {
      vi.useRealTimers();
      readAgain();
    });

    const setBack = () => {
      clock -= HOUR_MS;
    };
    /** The database's clock goes on while ours stands still. */
    const toMargin = () => 1000 + Date.now() - began;
    const pass = (ms: number) => {
      clock += ms;
      vi.advanceTimersByTime(ms);
    };

    test("is replaced all the same when it dies, and not while it lives", async () => {
      const next = holdLease({ isAlive, db, now, holder: "next" });
      await takeLease({ holder: "first" }, db, clock);
      setBack();
      for (const ms of [2500, 2500, 2500, 2500, 2500]) {
        await takeLease({ holder: "first" }, db, clock);
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

    test("finds its lease gone when it wakes", async () => {
      const lease = holdLease({ isAlive, db, now, holder: "frozen" });
      await lease.renew();

      setBack();
      vi.advanceTimersByTime(9500);

      expect(lease.isHeld()).toBe(false);
      await lease.release();
    });

    test("waits no longer for what is due and for a probe", async () => {
      const author = await insertSeller(db);
      const [early, late] = [aLead(), aLead()];
      await createLead(late, author, db, clock + 5000, RULES);
      await createLead(early, author, db, clock - HOUR_MS - 60_000, RULES);
      await haltQueue("token_refused", db, clock);
      await takeLease({ holder: "one" }, db, clock);

      setBack();
      await takeLease({ holder: "one" }, db, clock);

      const leads = await db.selectFrom("leads").select(["id", "due_at"]).orderBy("due_at").execute();
      expect(leads.map(({ id }) => id)).toEqual([early.id, late.id]);
      expect(leads[0]?.due_at).toSatisfy(isAbout(clock - HOUR_MS - 60_000, toMargin()));
      expect(leads[1]?.due_at).toSatisfy(isAbout(clock + 5000, toMargin()));
      const queueStop = await findQueueStop(db);
      expect(queueStop?.kind === "halted" && queueStop.probeAt).toSatisfy(
        isAbout(clock + 30_000, toMargin()),
      );
    });

    test("notices it after a stop, too", async () => {
      const stopped = holdLease({ isAlive, db, now, holder: "stopped" });
      await stopped.renew();
      await haltQueue("token_refused", db, clock);
      await stopped.release();

      setBack();
      await takeLease({ holder: "next" }, db, clock);

      expect(await findQueueStop(db)).toMatchObject({
        probeAt: expect.toSatisfy(isAbout(clock + 40_000, toMargin())),
      });
    });
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
