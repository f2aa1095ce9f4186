import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb, lockRows, truncateLog } from "@/lib/db/client";
import { deleteNameParts } from "@/lib/db/name-parts";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { noteDeleted } from "@/lib/leads/gone-leads";
import { giveBackTurns } from "@/lib/published-routing/mutations";
import type { Erased } from "./schema";
import { toContactHash, toContacts } from "./to-contact";

const DAY_MS = 24 * 60 * 60 * 1000;
// Small enough that a form does not have to wait for it.
const BATCH = 200;

export async function saveRetention(
  keepDays: number | null,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable("retention").set({ keep_days: keepDays }).execute();
    await writeAudit({ person_id: personId, action: "retention_changed", detail: { keepDays } }, tx, now);
  });
}

/**
 * Leads in Kommo stay there; answers with their ids, which nobody could find afterwards. Throws `being_sent` while one of them may be on its way, because afterwards nobody could
 * tell whose it was.
 */
export async function eraseLeads(
  ids: string[],
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
  secret: string = getEnv().secret,
): Promise<Erased> {
  const erased = await db.transaction().execute(async (tx) => {
    const leads = await lockRows(
      tx,
      tx
        .selectFrom("leads")
        .select(["id", "state", "kommo_lead_id", "kommo_contact_id", "twin_id"])
        .where("id", "in", ids),
    ).execute();
    if (leads.length === 0) throw new AppError("not_found");
    if (leads.some(({ state }) => state === "sending" || state === "checking"))
      throw new AppError("being_sent");

    const count = await deleteLeads(
      leads.map(({ id }) => id),
      tx,
      now,
      secret,
    );
    await tx
      .insertInto("erasures")
      .values({ id: randomUUID(), at: now, person_id: personId, lead_count: count })
      .execute();
    await writeAudit({ person_id: personId, action: "leads_erased", detail: { count } }, tx, now);
    return {
      count,
      kommoLeadIds: listIds(leads.flatMap((lead) => [lead.kommo_lead_id, lead.twin_id])),
      kommoContactIds: listIds(leads.map((lead) => lead.kommo_contact_id)),
    };
  });
  await truncateLog(db);
  return erased;
}

function listIds(ids: (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))].sort((a, b) => a - b);
}

/** Deletes a portion of the leads that were delivered or withdrawn longer ago than the retention period. */
export async function deleteOverdueLeads(
  db: Db = getDb(),
  now = Date.now(),
  secret: string = getEnv().secret,
): Promise<number> {
  const count = await db.transaction().execute(async (tx) => {
    const { keep_days } = await tx.selectFrom("retention").select("keep_days").executeTakeFirstOrThrow();
    if (keep_days === null) return 0;
    const until = now - keep_days * DAY_MS;
    const query = tx
      .selectFrom("leads")
      .select("id")
      .where((eb) =>
        eb.or([
          eb.and([eb("state", "=", "confirmed"), eb("confirmed_at", "<", until)]),
          eb.and([eb("state", "=", "withdrawn"), eb("created_at", "<", until)]),
        ]),
      )
      .limit(BATCH);
    // A withdrawn one may be brought back at this moment.
    const overdue = await lockRows(tx, query).execute();
    if (overdue.length === 0) return 0;

    const count = await deleteLeads(
      overdue.map(({ id }) => id),
      tx,
      now,
      secret,
    );
    // One line a day, for all portions together.
    await tx
      .insertInto("erasures")
      .values({ id: `term-${Math.floor(now / DAY_MS)}`, at: now, lead_count: count })
      .onConflict((conflict) =>
        conflict
          .column("id")
          .doUpdateSet((eb) => ({ at: now, lead_count: eb("erasures.lead_count", "+", count) })),
      )
      .execute();
    return count;
  });
  if (count > 0) await truncateLog(db);
  return count;
}

async function deleteLeads(ids: string[], tx: Db, now: number, secret: string): Promise<number> {
  await saveContactHashes(ids, tx, now, secret);
  await noteDeleted(ids, tx, secret);
  await forgetLookUps(ids, tx);
  await giveBackTurnsOfUnsent(ids, tx);
  const ofBatch = await tx
    .deleteFrom("attempt_leads")
    .where("lead_id", "in", ids)
    .returning("attempt_id")
    .execute();
  const attempts = [...new Set(ofBatch.map(({ attempt_id }) => attempt_id))];
  if (attempts.length > 0) await deleteEmptyAttempts(attempts, tx);
  await tx.updateTable("audit").set({ lead_id: null, detail: null }).where("lead_id", "in", ids).execute();
  await tx.deleteFrom("intake_requests").where("lead_id", "in", ids).execute();
  await tx.deleteFrom("intake_answers").where("lead_id", "in", ids).execute();
  await tx.deleteFrom("daily_proof_rows").where("lead_id", "in", ids).execute();
  const removed = await tx.deleteFrom("leads").where("id", "in", ids).returning("name_key").execute();
  await deleteNameParts(
    removed.map(({ name_key }) => name_key),
    tx,
  );
  return removed.length;
}

/** What Kommo said of their phones within the hour. */
async function forgetLookUps(ids: string[], tx: Db): Promise<void> {
  await tx
    .deleteFrom("contact_lookups")
    .where("phone", "in", (eb) =>
      eb
        .selectFrom("leads")
        .select("phone")
        .where("id", "in", ids)
        .where("phone", "is not", null)
        .$castTo<{ phone: string }>(),
    )
    .execute();
}

/** What has never left counts for nobody. */
async function giveBackTurnsOfUnsent(ids: string[], tx: Db): Promise<void> {
  const unsent = await tx
    .selectFrom("leads")
    .select(["route", "route_refused_at"])
    .where("id", "in", ids)
    .where("state", "<>", "confirmed")
    .where("sent_at", "is", null)
    .where("route", "is not", null)
    .execute();
  await giveBackTurns(unsent, tx);
}

/** Keeps attempts that also carried other leads, with Kommo's answer, which contains only ids. */
async function deleteEmptyAttempts(ids: string[], tx: Db): Promise<void> {
  await tx
    .deleteFrom("attempts")
    .where("id", "in", ids)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("attempt_leads")
            .select("attempt_leads.lead_id")
            .whereRef("attempt_leads.attempt_id", "=", "attempts.id"),
        ),
      ),
    )
    .execute();
}

async function saveContactHashes(ids: string[], tx: Db, now: number, secret: string): Promise<void> {
  const leads = await tx
    .selectFrom("leads")
    .select(["phone", "telegram", "email"])
    .where("id", "in", ids)
    .execute();
  const hashes = new Set(leads.flatMap(toContacts).map((contact) => toContactHash(contact, secret)));
  if (hashes.size === 0) return;
  await tx
    .insertInto("erased_contacts")
    .values([...hashes].map((hash) => ({ hash, at: now })))
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ at: now }))
    .execute();
}
