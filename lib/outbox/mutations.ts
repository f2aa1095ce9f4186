import "server-only";
import type { Updateable } from "kysely";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import type { LeadsTable } from "@/lib/db/tables";
import { AppError } from "@/lib/errors";
import type { Seen, Settlement } from "./schema";

const ID = "outbox";

/** Binds the database to practice or to a real Kommo at its first start: practice leads never reach a real account. */
export async function claimAccount(account: "practice" | "kommo", db: Db = getDb()): Promise<void> {
  await db.updateTable("sender").set({ account }).where("id", "=", ID).where("account", "is", null).execute();
  const row = await db.selectFrom("sender").select("account").where("id", "=", ID).executeTakeFirstOrThrow();
  if (row.account === account) return;

  const message =
    account === "kommo"
      ? "This database holds practice leads, which must not reach a real Kommo. Give the real account a database of its own: set DATABASE_URL=file:.data/kommo.db, or move .data/lead-desk.db away."
      : "This database belongs to a real Kommo, and the settings now point at a practice one. Set KOMMO_SUBDOMAIN and KOMMO_API_TOKEN again, or give practice a database of its own in DATABASE_URL.";
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

/** A person's stop: nothing leaves until somebody resumes. Leads are still taken in. */
export async function pauseSending(personId: string, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable("sender")
      .set({ paused_at: now, paused_by: personId })
      .where("id", "=", ID)
      .where("paused_at", "is", null)
      .execute();
    await writeAudit({ person_id: personId, action: "delivery_paused" }, tx, now);
  });
}

export async function resumeSending(personId: string, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable("sender").set({ paused_at: null, paused_by: null }).where("id", "=", ID).execute();
    await writeAudit({ person_id: personId, action: "delivery_resumed" }, tx, now);
  });
}

/** While the queue rests: asks Kommo in the next round instead of at the next probe. */
export async function probeNow(personId: string, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable("sender")
      .set({ probe_at: now, probes: 0 })
      .where("id", "=", ID)
      .where("rest_code", "is not", null)
      .execute();
    await writeAudit({ person_id: personId, action: "connection_tried" }, tx, now);
  });
}

/**
 * Puts leads that wait for a person back into the queue, all or none. Throws `changed_meanwhile` when one of them is no
 * longer as that person saw it: what was decided on a stale page could double it.
 */
export async function resendLeads(
  leads: Seen[],
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const seen of leads) {
      await changeSeen(seen, { state: "queued", problem: null, tries: 0, due_at: now }, tx);
      await writeAudit({ person_id: personId, action: "lead_resent", lead_id: seen.id }, tx, now);
    }
  });
}

/**
 * A person has found the lead in Kommo. Throws `invalid` when the id belongs to another lead of ours already, unless Kommo
 * may have merged the two, and `changed_meanwhile` as resendLeads does.
 */
export async function settleLead(
  { kommoLeadId, ...seen }: Settlement,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const others = await tx
      .selectFrom("leads")
      .select(["id", "problem"])
      .where((eb) => eb.or([eb("kommo_lead_id", "=", kommoLeadId), eb("id", "=", seen.id)]))
      .execute();
    const isMerged = others.some(({ id, problem }) => id === seen.id && problem === "merged");
    const isTaken = others.some(({ id }) => id !== seen.id);
    if (isTaken && !isMerged) throw new AppError("invalid", { fields: { kommoLeadId: "id_taken" } });

    const settled = { state: "confirmed", problem: null, kommo_lead_id: kommoLeadId, confirmed_at: now };
    await changeSeen(seen, settled, tx);
    const detail = String(kommoLeadId);
    await writeAudit({ person_id: personId, action: "lead_settled", lead_id: seen.id, detail }, tx, now);
  });
}

async function changeSeen(
  { id, state, sentAt }: Seen,
  change: Updateable<LeadsTable>,
  tx: Db,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable("leads")
    .set({ ...change, problem_detail: null })
    .where("id", "=", id)
    .where("state", "=", state)
    .where("sent_at", sentAt === null ? "is" : "=", sentAt)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("changed_meanwhile");
}
