import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import type { Db } from "@/lib/db/client";
import { lockPerson } from "@/lib/people/lock-person";

/** More than a busy day's leads have duplicates among colleagues' leads. */
export const MOST_A_DAY = 100;
const DAY_MS = 24 * 60 * 60 * 1000;
// Says that the limit was reached, so that the log has one line a day.
const REACHED = "";

/**
 * Counts what a seller finds of others: each thing once a day, which begins at midnight in UTC. Returns what may be shown.
 */
export async function limitFound(
  person_id: string,
  found: string[],
  db: Db,
  now: number,
): Promise<Set<string>> {
  const day = Math.floor(now / DAY_MS);
  const known = await listFound(person_id, day, db);
  if (found.every((one) => known.has(one)) || known.has(REACHED)) return known;

  return db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    const before = await listFound(person_id, day, tx);
    const fresh = [...new Set(found)].filter((one) => !before.has(one));
    const shown = fresh.slice(0, Math.max(0, MOST_A_DAY - before.size));
    const isReached = shown.length < fresh.length && !before.has(REACHED);
    const rows = [...shown, ...(isReached ? [REACHED] : [])].map((one) => ({ person_id, day, found: one }));
    await tx.deleteFrom("lookups").where("day", "<", day).execute();
    if (rows.length > 0) await tx.insertInto("lookups").values(rows).execute();
    if (isReached) await writeAudit({ person_id, action: "lookups_capped" }, tx, now);
    return new Set([...before, ...shown]);
  });
}

async function listFound(person_id: string, day: number, db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom("lookups")
    .select("found")
    .where("person_id", "=", person_id)
    .where("day", "=", day)
    .execute();
  return new Set(rows.map(({ found }) => found));
}
