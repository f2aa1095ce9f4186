import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { ATTEMPTS_KEPT_DAYS } from "./constants";

// Each may have carried 50 leads.
const ATTEMPTS_AT_ONCE = 20;
const KEPT_MS = ATTEMPTS_KEPT_DAYS * 24 * 60 * 60 * 1000;

/** Forgets attempts older than 90 days of which every lead is confirmed; the others are kept for ever. */
export async function pruneAttempts(db: Db = getDb(), now = tellTime()): Promise<void> {
  const old = await db
    .selectFrom("attempts")
    .select("id")
    .where("started_at", "<", now - KEPT_MS)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("attempt_leads")
            .innerJoin("leads", "leads.id", "attempt_leads.lead_id")
            .select("leads.id")
            .whereRef("attempt_leads.attempt_id", "=", "attempts.id")
            .where("leads.state", "!=", "confirmed"),
        ),
      ),
    )
    .limit(1000)
    .execute();
  for await (const some of inTurns(old, ATTEMPTS_AT_ONCE)) {
    const ids = some.map(({ id }) => id);
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom("attempt_leads").where("attempt_id", "in", ids).execute();
      await tx.deleteFrom("attempts").where("id", "in", ids).execute();
    });
  }
}
