import "server-only";
import { setTimeout as wait } from "node:timers/promises";

// Kommo answers 429 above 7 requests in a second. Seven starts 175 ms apart span 1,050 ms: never more than 6 in any second.
const SPACING_MS = 175;

const shared = globalThis as typeof globalThis & { leadDeskNextTurn?: number };

/** Resolves when the next request to Kommo may start. */
export async function takeTurn(now = Date.now()): Promise<void> {
  const turn = Math.max(now, shared.leadDeskNextTurn ?? 0);
  shared.leadDeskNextTurn = turn + SPACING_MS;
  if (turn > now) await wait(turn - now);
}
