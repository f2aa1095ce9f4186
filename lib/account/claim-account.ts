import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";

const ID = "outbox";

/** Binds the database to practice or to a real Kommo at its first start: practice leads never reach a real account. */
export async function claimAccount(account: "practice" | "kommo", db: Db = getDb()): Promise<void> {
  await db.updateTable("sender").set({ account }).where("id", "=", ID).where("account", "is", null).execute();
  const row = await db.selectFrom("sender").select("account").where("id", "=", ID).executeTakeFirstOrThrow();
  if (row.account === account) return;

  const message =
    account === "kommo"
      ? "This database holds practice leads, which must not reach a real Kommo. Give the real account its own database: set DATABASE_URL=file:.data/kommo.db, or move .data/lead-desk.db away."
      : "This database belongs to a real Kommo account, but the settings now point to the practice Kommo. Set KOMMO_SUBDOMAIN and KOMMO_API_TOKEN again, or give the practice Kommo its own database in DATABASE_URL.";
  throw new AppError("settings", { message });
}

/** When an admin connects an account: what practice has left in the database stays out of a real one, and the other way round. */
export async function reclaimAccount(account: "practice" | "kommo", db: Db = getDb()): Promise<void> {
  const row = await db.selectFrom("sender").select("account").where("id", "=", ID).executeTakeFirstOrThrow();
  if (row.account === account) return;
  const lead = await db.selectFrom("leads").select("id").limit(1).executeTakeFirst();
  if (row.account !== null && lead) throw new AppError("other_account");
  await db.updateTable("sender").set({ account }).where("id", "=", ID).execute();
}
