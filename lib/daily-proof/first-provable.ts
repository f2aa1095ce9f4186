import "server-only";
import type { Db } from "@/lib/db/client";
import { PROOFS_KEPT_DAYS } from "./constants";
import { toDayLater, toDayOf } from "./days";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The first day that can be proven: of those before, leads may have been deleted after the retention period. */
export async function findFirstProvable(zone: string, db: Db, now: number): Promise<string> {
  const { keep_days } = await db.selectFrom("retention").select("keep_days").executeTakeFirstOrThrow();
  const first = toDayLater(toDayOf(now, zone), -PROOFS_KEPT_DAYS);
  if (keep_days === null) return first;
  const firstKept = toDayLater(toDayOf(now - keep_days * DAY_MS, zone), 1);
  return firstKept > first ? firstKept : first;
}
