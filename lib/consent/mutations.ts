import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { ConsentSettings } from "./schema";

const RULE = "desk";

/** Another text is another version: what people agreed to before keeps its own words. */
export async function saveConsent(
  { texts, isAsked }: ConsentSettings,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const rule = tx.selectFrom("consent_rule").select("id").where("id", "=", RULE);
    await lockRows(tx, rule).executeTakeFirstOrThrow();
    const newest = await tx
      .selectFrom("consent_texts")
      .select(["version", "texts"])
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirst();
    const body = JSON.stringify(texts);
    const version = newest?.texts === body ? newest.version : (newest?.version ?? 0) + 1;
    if (version !== newest?.version)
      await tx.insertInto("consent_texts").values({ version, texts: body, created_at: now }).execute();
    await tx
      .updateTable("consent_rule")
      .set({ asked_at: isAsked ? now : null })
      .where("id", "=", RULE)
      .execute();
    const entry = { person_id: personId, action: "consent_changed" as const, detail: { version } };
    await writeAudit(entry, tx, now);
  });
}
