import "server-only";
import { randomInt } from "node:crypto";

/**
 * A new epoch for the lease. It is drawn and not counted: a database that was copied back has forgotten which ones there
 * were, and who has one of them must not write under it again.
 */
export function drawEpoch(): number {
  return randomInt(1, 2 ** 47);
}
