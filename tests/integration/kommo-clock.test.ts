import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import type { Message, Transport } from "@/lib/kommo/send";
import { noteKommoClock } from "@/lib/rate-limit/note-kommo-clock";
import { openMigrated } from "@/tests/support/databases";
import { freeSlot } from "@/tests/support/slots";

const URL_OF_KOMMO = new URL("http://127.0.0.1/api/v4/account");
const MESSAGE: Message = {
  ...{ method: "GET", token: undefined, bytes: undefined },
  slot: await freeSlot(),
  mayLeave: () => true,
  signal: new AbortController().signal,
};

let db: Db;
let clock: number;
let writes: number;

beforeEach(async () => {
  db = await openMigrated();
  clock = 1_700_000_000_000;
  writes = 0;
});
afterEach(() => db.destroy());

/** An answer whose clock was read when the request left. */
async function ask({ aheadMs = 0, tookMs = 0 }): Promise<void> {
  const answer: Transport = async () => {
    const headers = { date: new Date(clock + aheadMs).toUTCString() };
    clock += tookMs;
    return Object.assign(Readable.from([]), { statusCode: 200, headers });
  };
  const before = await readAhead();
  await noteKommoClock(answer, db, () => clock)(URL_OF_KOMMO, MESSAGE);
  if ((await readAhead()) !== before) writes += 1;
}

async function readAhead(): Promise<number | null> {
  const { kommo_ahead_ms } = await db.selectFrom("sender").select("kommo_ahead_ms").executeTakeFirstOrThrow();
  return kommo_ahead_ms;
}

test("by how much Kommo's clock is ahead is kept, and anew once it has changed", async () => {
  await ask({ aheadMs: 5000 });
  expect(await readAhead()).toBe(5000);

  await ask({ aheadMs: 6000 });
  expect(await readAhead()).toBe(5000);

  await ask({ aheadMs: -600_000 });
  expect(await readAhead()).toBe(-600_000);
});

test("slow and quick answers in turn are no change of a clock", async () => {
  for (let round = 0; round < 10; round++) {
    await ask({ tookMs: 3000 });
    await ask({ tookMs: 0 });
  }

  expect(writes).toBeLessThanOrEqual(2);
});
