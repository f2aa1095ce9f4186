import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

/**
 * Ties the database to the account that its leads are in. While none has left, another account may take its place;
 * afterwards throws `other_account`.
 */
export async function bindAccount(accountId: number, db: Db = getDb()): Promise<void> {
  const { account_id } = await db.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
  if (account_id === accountId) return;
  if (account_id !== null && (await hasSentLeads(db))) throw new AppError("other_account");
  await db.updateTable("sender").set({ account_id: accountId }).execute();
}

async function hasSentLeads(db: Db): Promise<boolean> {
  const sent = await db
    .selectFrom("leads")
    .select("id")
    .where("sent_at", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return sent !== undefined;
}
