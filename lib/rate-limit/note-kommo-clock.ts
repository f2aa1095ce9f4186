import "server-only";
import type { Db } from "@/lib/db/client";
import type { Transport } from "@/lib/kommo/send";
import { log } from "@/lib/log";

// Kommo tells whole seconds.
const NOTED_MS = 2000;
// The database may be another one by then, or another process have written to it.
const AGAIN_MS = 60_000;

/** By this process, for each database; `at` by our clock. */
const noted = new WeakMap<Db, Noted>();

/**
 * Keeps by how much Kommo's clock is ahead of ours as its answers show, where that has changed, and once a minute: whoever is
 * started after our clock was set still knows how it stood when a lead was sent.
 */
export function noteKommoClock(transport: Transport, db: Db, now: () => number): Transport {
  return async (url, message) => {
    const leftAt = now();
    const answer = await transport(url, message);
    const { statusCode = 0, headers } = answer;
    // What is no success may be of something between us.
    const at = now();
    const aheadMs = Date.parse(headers.date ?? "") - at;
    const isTold = statusCode >= 200 && statusCode < 300 && Number.isFinite(aheadMs);
    // What an answer took is no change of a clock.
    if (isTold && isNews(aheadMs, at, Math.max(0, at - leftAt), noted.get(db))) await keep(aheadMs, at, db);
    return answer;
  };
}

type Noted = { aheadMs: number; at: number };

function isNews(aheadMs: number, at: number, tookMs: number, last: Noted | undefined): boolean {
  return !last || Math.abs(aheadMs - last.aheadMs) > NOTED_MS + tookMs || Math.abs(at - last.at) > AGAIN_MS;
}

/** A database that is away must not make an answer to what was sent a failure. */
async function keep(aheadMs: number, at: number, db: Db): Promise<void> {
  try {
    await db.updateTable("sender").set({ kommo_ahead_ms: aheadMs }).execute();
    noted.set(db, { aheadMs, at });
  } catch (err) {
    log.error({ err }, "Kommo's clock cannot be kept");
  }
}
