import "server-only";
import type { Db } from "@/lib/db/client";
import type { Transport } from "@/lib/kommo/send";
import { log } from "@/lib/log";

// Kommo tells whole seconds.
const NOTED_MS = 2000;

/** By this process, for each database. */
const noted = new WeakMap<Db, number>();

/**
 * Keeps by how much Kommo's clock is ahead of ours as its answers show, where that has changed: whoever is started after our clock
 * was set still knows how it stood when a lead was sent.
 */
export function noteKommoClock(transport: Transport, db: Db, now: () => number): Transport {
  return async (url, message) => {
    const answer = await transport(url, message);
    const { statusCode = 0, headers } = answer;
    // What is no success may be of something between us.
    const aheadMs = Date.parse(headers.date ?? "") - now();
    const isTold = statusCode >= 200 && statusCode < 300 && Number.isFinite(aheadMs);
    const isNews = Math.abs(aheadMs - (noted.get(db) ?? Number.NEGATIVE_INFINITY)) > NOTED_MS;
    if (isTold && isNews) await keep(aheadMs, db);
    return answer;
  };
}

/** A database that is away must not make an answer to what was sent a failure. */
async function keep(aheadMs: number, db: Db): Promise<void> {
  try {
    await db.updateTable("sender").set({ kommo_ahead_ms: aheadMs }).execute();
    noted.set(db, aheadMs);
  } catch (err) {
    log.error({ err }, "Kommo's clock cannot be kept");
  }
}
