import "server-only";
import type { Db } from "@/lib/db/client";
import { toDiskFailure } from "@/lib/db/disk";
import { log } from "@/lib/log";
import { writeAudit } from "./mutations";

// Each letter that is typed is a search.
const ONE_LINE_MS = 10 * 60_000;

/**
 * A person has searched the leads of everyone. The log has no words of it, as they may be a name, and one line in ten
 * minutes. On a full disk the search goes on.
 */
export async function recordSearch(person_id: string, db: Db, now: number): Promise<void> {
  const recent = await db
    .selectFrom("audit")
    .select("id")
    .where("person_id", "=", person_id)
    .where("action", "=", "leads_searched")
    .where("at", ">", now - ONE_LINE_MS)
    .limit(1)
    .executeTakeFirst();
  if (recent) return;
  await writeAudit({ person_id, action: "leads_searched" }, db, now).catch((error: unknown) => {
    const full = toDiskFailure(error);
    if (!full) throw error;
    log.error({ code: full.code, err: full }, "a search is missing in the log");
  });
}
