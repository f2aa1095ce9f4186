import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Settlement } from "./schema";

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

/** Puts leads that wait for a person back into the queue; others of the list are left as they are. */
export async function resendLeads(
  ids: string[],
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const sent = await tx
      .updateTable("leads")
      .set({ state: "queued", problem: null, problem_detail: null, tries: 0, due_at: now })
      .where("id", "in", ids)
      .where("state", "in", ["needs_fix", "needs_admin"])
      .returning("id")
      .execute();
    for (const { id } of sent) {
      await writeAudit({ person_id: personId, action: "lead_resent", lead_id: id }, tx, now);
    }
  });
}

/** A person has found the lead in Kommo. Throws `invalid` when the id belongs to another lead of ours already. */
export async function settleLead(
  { id, kommoLeadId }: Settlement,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const taken = await tx
      .selectFrom("leads")
      .select("id")
      .where("kommo_lead_id", "=", kommoLeadId)
      .where("id", "!=", id)
      .executeTakeFirst();
    if (taken) throw new AppError("invalid", { fields: { kommoLeadId: "id_taken" } });

    const { numUpdatedRows } = await tx
      .updateTable("leads")
      .set({ state: "confirmed", problem: null, kommo_lead_id: kommoLeadId, confirmed_at: now })
      .where("id", "=", id)
      .where("state", "=", "needs_admin")
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError("not_found");
    await writeAudit(
      { person_id: personId, action: "lead_settled", lead_id: id, detail: String(kommoLeadId) },
      tx,
      now,
    );
  });
}
