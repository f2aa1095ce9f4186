import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { moveLeads } from "@/lib/leads/transitions";
import { WATCHED_MS } from "./constants";
import type { Seen, Settlement } from "./schema";

// Nothing of its earlier tries counts any more.
const AFRESH = { problem: null, tries: 0, settles_at: null, batch_limit: null, failed_alone: 0 };

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
      // The unconfirmed copy may still turn up.
      const watched = seen.sentAt === null ? {} : { watch_until: now + WATCHED_MS };
      await changeSeen(seen, "resend", { ...AFRESH, ...watched, due_at: now }, tx);
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

    const settled = { problem: null, kommo_lead_id: kommoLeadId, confirmed_at: now };
    await changeSeen(seen, "settle", settled, tx);
    const detail = String(kommoLeadId);
    await writeAudit({ person_id: personId, action: "lead_settled", lead_id: seen.id, detail }, tx, now);
  });
}

async function changeSeen(
  { id, state, sentAt }: Seen,
  transition: "resend" | "settle",
  columns: Parameters<typeof moveLeads>[1],
  tx: Db,
): Promise<void> {
  const { numUpdatedRows } = await moveLeads(transition, { ...columns, problem_detail: null }, tx)
    .where("id", "=", id)
    .where("state", "=", state)
    .where("sent_at", sentAt === null ? "is" : "=", sentAt)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("changed_meanwhile");
}
