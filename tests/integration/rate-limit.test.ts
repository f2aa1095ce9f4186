import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { countRequests, findPause, type Lane, slowDown, speedUp, toLaneTimes } from "@/lib/rate-limit/lanes";
import { onDeliverySlot, takeSlot } from "@/lib/rate-limit/take-slot";
import { databases, emptyTables, migratedDatabases } from "@/tests/support/databases";
import { createVirtualTime, type VirtualTime } from "@/tests/support/virtual-time";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DELIVERY_PER_SECOND = 5;

const none = (): number => 0;

function busiestSecond(times: number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

/** The same "random" numbers, from 0 to 1, in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe.each(migratedDatabases)("the rate limiter on $name", ({ name, open }) => {
  const streamMs = name === "SQLite" ? MINUTE_MS : 10_000;
  let db: Db;
  let time: VirtualTime;
  let arrivals: { lane: Lane; at: number }[];

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(() => {
    time = createVirtualTime();
    arrivals = [];
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const take = (lane: Lane, more: { perSecond?: number; signal?: AbortSignal; db?: Db } = {}) =>
    takeSlot({ lane, db, now: time.now, monotonic: time.monotonic, wait: time.wait, perSecond: 6, ...more });
  const pause = () => findPause(db, time.now(), "delivery", toLaneTimes("delivery", 6));
  const startOf = (lane: Lane) => arrivals.filter((arrival) => arrival.lane === lane).map(({ at }) => at);
  const all = () => arrivals.map(({ at }) => at);

  const readLastStart = async () => {
    const lane = db.selectFrom("rate_lanes").select("last_start").where("lane", "=", "delivery");
    return (await lane.executeTakeFirstOrThrow()).last_start;
  };

  /** Sends one request after the other until then, each some time on its way. */
  const stream =
    (lane: Lane, ends: number, { perSecond = 6, delay = none, freeze = none } = {}) =>
    async () => {
      while (time.now() < ends) {
        const slot = await take(lane, { perSecond });
        const frozenMs = freeze();
        if (frozenMs > 0) await time.wait(frozenMs);
        while (slot.isMissed()) await slot.bookLater();
        arrivals.push({ lane, at: time.now() + delay() });
        await time.wait(delay());
      }
    };

  test("look-ups of any number of sellers delay no delivery", async () => {
    const ends = time.now() + streamMs;
    const sellers = Array.from({ length: name === "SQLite" ? 20 : 3 }, () => stream("people", ends));

    await time.run([stream("delivery", ends), ...sellers]);

    expect(startOf("delivery").length).toBeGreaterThanOrEqual((streamMs / 1000) * DELIVERY_PER_SECOND * 0.9);
    expect(busiestSecond(startOf("people"))).toBe(1);
    expect(busiestSecond(all())).toBeLessThanOrEqual(7);
  });

  test("a drain by five at once uses nine tenths of its lane, and a look-up beside it starts at once", async () => {
    const ends = time.now() + streamMs;
    const delays: number[] = [];
    const seller = async () => {
      while (time.now() < ends) {
        await time.wait(3000);
        const asked = time.now();
        await take("people");
        delays.push(time.now() - asked);
      }
    };

    await time.run([seller, ...Array.from({ length: 5 }, () => stream("delivery", ends))]);

    expect(startOf("delivery").length).toBeGreaterThanOrEqual((streamMs / 1000) * DELIVERY_PER_SECOND * 0.9);
    expect(Math.max(...delays)).toBeLessThan(1000);
  });

  test.each(name === "SQLite" ? [2, 6, 20, 50] : [6])(
    "of %i a second never more than one too many arrives, whatever the way takes and whoever freezes",
    async (perSecond) => {
      const ends = time.now() + streamMs / 3;
      const random = createRandom(perSecond);
      const { lateMs } = toLaneTimes("delivery", perSecond);
      const delay = () => random() * (lateMs - 50);
      const freeze = () => (random() < 0.2 ? random() * 3000 : 0);
      const several = (lane: Lane, count: number) =>
        Array.from({ length: count }, () => stream(lane, ends, { perSecond, delay, freeze }));

      await time.run([...several("delivery", 6), ...several("people", 4)]);

      expect(arrivals.length).toBeGreaterThan(perSecond);
      expect(busiestSecond(all())).toBeLessThanOrEqual(perSecond + 1);
    },
  );

  test("a request on a slow line misses its slot, gives it back and leaves at once", async () => {
    await time.run([
      async () => {
        const slot = await take("people");
        await time.wait(400);
        const connected = time.now();
        expect(slot.isMissed()).toBe(true);
        await slot.bookLater();

        expect(slot.isMissed()).toBe(false);
        expect(time.now() - connected).toBeLessThan(100);
      },
    ]);
    expect(await countRequests(db, time.now())).toBe(1);
  });

  test("a missed slot with others behind it is lost, and a later one follows", async () => {
    await time.run([
      async () => {
        const slot = await take("delivery");
        const first = await readLastStart();
        await take("delivery");
        await slot.bookLater();

        expect((await readLastStart()) - first).toBeGreaterThanOrEqual(420);
      },
    ]);
  });

  test("those who type on before it is their turn waste no slot", async () => {
    const typing = new AbortController();
    const given = vi.fn();
    const typist = () => take("people", { signal: typing.signal }).catch(given);
    const began = time.now();

    await time.run([
      async () => {
        await take("people");
        await time.wait(500);
        typing.abort();
        await take("people");
      },
      ...Array.from({ length: 10 }, () => async () => {
        await time.wait(100);
        await typist();
      }),
    ]);

    expect(given).toHaveBeenCalledTimes(10);
    expect(time.now() - began).toBeLessThan(1500);
  });

  test("a 429 closes both lanes for as long as Kommo asks, for those who wait already, too", async () => {
    const began = time.now();
    const wait = (lane: Lane) => async () => {
      await take(lane);
      await take(lane);
      arrivals.push({ lane, at: time.now() });
    };

    await time.run([
      wait("people"),
      wait("delivery"),
      async () => {
        await time.wait(100);
        await slowDown(20, db, time.now());
      },
    ]);

    expect(Math.min(...all())).toBeGreaterThanOrEqual(began + 20_000);
    expect(Math.max(...all())).toBeLessThan(began + 22_000);
  });

  test("a shorter silence does not end a longer one", async () => {
    await slowDown(300, db, time.now());
    await slowDown(2, db, time.now());

    expect(await pause()).toBeGreaterThan(299_000);
  });

  test("each 429 doubles the gap, up to a minute, and each success halves it", async () => {
    const gapAfter = async (change: (db: Db) => Promise<void>) => {
      await change(db);
      const { gap_ms } = await db.selectFrom("rate_lanes").select("gap_ms").executeTakeFirstOrThrow();
      return gap_ms;
    };
    const slower = () => gapAfter((on) => slowDown(0, on, time.now()));
    const faster = () => gapAfter(speedUp);

    expect([await slower(), await slower(), await slower()]).toEqual([500, 1000, 2000]);
    expect([await faster(), await faster(), await faster()]).toEqual([1000, 500, 0]);
    for (let refusal = 0; refusal < 9; refusal++) await slower();
    expect(await slower()).toBe(60_000);
  });

  test("a clock that is set back by an hour stops nobody for longer than some gaps, nor is a silence longer", async () => {
    await time.run([() => take("delivery")]);
    time.setBack(HOUR_MS);
    const began = time.now();

    await time.run(Array.from({ length: 3 }, () => () => take("delivery")));
    expect(time.now() - began).toBeLessThan(1000);

    await slowDown(300, db, time.now());
    time.setBack(HOUR_MS);
    expect(await pause()).toBeLessThanOrEqual(300_000);
  });

  test("a clock that is set back while some wait for their slots lets them go on", async () => {
    const ends = time.now() + 20_000;
    const drains = Array.from({ length: 3 }, () => stream("delivery", ends));
    const clock = async () => {
      await time.wait(5000);
      arrivals = [];
      time.setBack(10_000);
    };

    await time.run([clock, ...drains]);

    expect(arrivals.length).toBeGreaterThan(25 * DELIVERY_PER_SECOND * 0.85);
    expect(busiestSecond(all())).toBeLessThanOrEqual(7);
  });

  test.each([60, 300])(
    "a database that takes %i ms for every answer slows nobody down for ever",
    async (ms) => {
      const slow = db.withPlugin({
        transformQuery: ({ node }) => node,
        async transformResult({ result }) {
          await time.wait(ms);
          return result;
        },
      });
      const began = time.now();

      await time.run([
        async () => {
          for (let slot = 0; slot < 5; slot++) await take("delivery", { db: slow });
        },
      ]);

      expect(time.now() - began).toBeLessThan(10_000);
      expect(await countRequests(db, time.now())).toBe(5);
    },
  );

  test("the count is of the last minute, in both lanes", async () => {
    await time.run([() => take("delivery"), () => take("people")]);

    expect(await countRequests(db, time.now())).toBe(2);
    expect(await countRequests(db, time.now() + 2 * MINUTE_MS)).toBe(0);
  });

  test("a delivery that waits says so, a person does not", async () => {
    const told = vi.fn();
    onDeliverySlot(told);

    await time.run([() => take("people")]);
    expect(told).not.toHaveBeenCalled();
    await time.run([() => take("delivery")]);

    expect(told).toHaveBeenCalled();
  });

  const hasOwnClock = name === "PostgreSQL" ? [10] : [];
  test.each(hasOwnClock)(
    "is by the database's clock, though a process's is %i minutes ahead",
    async (minutes) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * MINUTE_MS });
      await takeSlot({ lane: "delivery", db, perSecond: 6 });
      vi.useRealTimers();

      expect(Math.abs((await readLastStart()) - Date.now())).toBeLessThan(MINUTE_MS);
    },
  );
});

test.each(databases)("a silence of the version before outlasts the upgrade on $name", async ({ open }) => {
  const db = await open();
  await migrate(db, "0014-name-parts");
  await sql`update budget set gap_ms = 500, closed_until = ${Date.now() + 300_000}`.execute(db);

  await migrate(db);

  for (const lane of ["people", "delivery"] as const) {
    const pauseMs = await findPause(db, Date.now(), lane, toLaneTimes(lane, 6));
    expect(Math.round(pauseMs / 60_000)).toBe(5);
  }
  await db.destroy();
});

test.each(Array.from({ length: 49 }, (_, index) => index + 2))(
  "%i a second leave a drain nine tenths of its lane, and no second two look-ups",
  (perSecond) => {
    const delivery = toLaneTimes("delivery", perSecond);
    const people = toLaneTimes("people", perSecond);

    expect(1000 / delivery.gapMs).toBeGreaterThanOrEqual((perSecond - 1) * 0.9);
    expect(delivery.gapMs * perSecond).toBeGreaterThan(1000 + delivery.lateMs);
    expect(people.gapMs).toBeGreaterThan(1000 + people.lateMs);
    expect(people.gapMs).toBeLessThanOrEqual(1250);
  },
);
