import "server-only";
import { type Insertable, sql, type Updateable, type UpdateObject } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import type { LeadsTable, Tables } from "@/lib/db/tables";
import { type Outcome, type Transition, transitions } from "@/lib/domain/lead/states";
import { listGone } from "./gone-leads";

type Columns = Omit<UpdateObject<Tables, "leads">, "state">;
export type NewLead = Omit<Insertable<LeadsTable>, "state">;

const DECLINED: Outcome = "declined";

/**
 * The statement of one transition: it changes only leads in a state that the transition starts from. The caller adds which
 * leads are meant, and sees by the rows changed whether it came too late.
 */
export function moveLeads(transition: Transition, columns: Columns, db: Db = getDb()) {
  const { from, to } = transitions[transition];
  return db
    .updateTable("leads")
    .set({ ...columns, state: to })
    .where("state", "in", from);
}

/** Its author's words replace the old ones while the lead is held. One that is not there is not made: it was erased. */
export function saveHeld(
  { id, author_id }: Pick<NewLead, "id" | "author_id">,
  typed: Omit<Updateable<LeadsTable>, "state">,
  db: Db = getDb(),
) {
  return db
    .updateTable("leads")
    .set(typed)
    .where("id", "=", id)
    .where("author_id", "=", author_id)
    .where("state", "=", "held");
}

/**
 * New leads are held; a suspicious one of a website form waits to be checked. Where an id is there already, or its lead is
 * gone, nothing changes. Answers the ids that are new. In the caller's transaction.
 */
export async function saveNew(
  leads: readonly NewLead[],
  state: "held" | "to_check",
  tx: Db,
): Promise<Set<string>> {
  const saved = await tx
    .insertInto("leads")
    .values(leads.map((lead) => ({ ...lead, state })))
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .execute();
  const ids = saved.map(({ id }) => id);
  // Asked afterwards: PostgreSQL may have waited for the erasure of the very lead, and then have let it in.
  const gone = await listGone(ids, tx);
  if (gone.size > 0)
    await tx
      .deleteFrom("leads")
      .where("id", "in", [...gone.keys()])
      .execute();
  return new Set(ids.filter((id) => !gone.has(id)));
}

/**
 * The ids that Kommo gave to a lead of ours; `isDeclined` where people have declined it there meanwhile, `isMerged` where
 * Kommo has made it a part of a lead that was there; `twinId` where it is there twice; `isMatched` where contact or name alone
 * say so.
 */
export type ConfirmedIds = {
  id: string;
  uid: string | null;
  leadId: number;
  contactId: number | null;
  isDeclined?: true;
  isMerged?: true;
  twinId?: number;
  isMatched?: true;
};

/**
 * Many at once, each with its ids. What Kommo has is true whoever holds the lease by now; but a lead that was only matched stays
 * as it is where the id has become another's since the look. `now` in epoch milliseconds.
 */
export async function confirmLeads(found: ConfirmedIds[], now: number, db: Db = getDb()): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map(
    ({ id, uid, leadId, contactId, isDeclined, isMerged, isMatched }) =>
      sql`(${id}, ${uid}, cast(${leadId} as bigint), cast(${contactId} as bigint), cast(${isDeclined ? DECLINED : null} as text), cast(${isMerged ? now : null} as bigint), cast(${isMatched ? 1 : 0} as bigint))`,
  );
  const from = transitions.confirm.from.map((state) => sql`${state}`);
  await sql`with found (id, uid, lead_id, contact_id, outcome, merged_at, is_matched) as (values ${sql.join(rows)})
    update leads set state = ${transitions.confirm.to}, problem = null, problem_detail = null, confirmed_at = ${now},
      look_at = ${now}, kommo_uid = found.uid, kommo_lead_id = found.lead_id, kommo_contact_id = found.contact_id,
      outcome = coalesce(found.outcome, leads.outcome), merged_at = found.merged_at
    from found where leads.id = found.id and leads.state in (${sql.join(from)})
      and (found.is_matched = 0 or not exists (select 1 from leads as others where others.id <> found.id
        and (others.kommo_lead_id = found.lead_id or others.twin_id = found.lead_id)))`.execute(db);
  const others = found.flatMap(({ id, twinId }) => (twinId === undefined ? [] : [{ id, twinId }]));
  await markTwins([...found.map(({ id, leadId }) => ({ id, twinId: leadId })), ...others], now, db);
}

/**
 * Other ids of Kommo than the ones that these confirmed leads have: each lead is there twice. One that was not watched is
 * shown as doubled from `now` on (epoch ms).
 */
export async function markTwins(
  found: { id: string; twinId: number }[],
  now: number,
  db: Db = getDb(),
): Promise<number> {
  if (found.length === 0) return 0;
  const rows = found.map(({ id, twinId }) => sql`(${id}, cast(${twinId} as bigint))`);
  const { numAffectedRows = 0n } = await sql`with found (id, lead_id) as (values ${sql.join(rows)})
    update leads set twin_id = found.lead_id, watch_until = coalesce(watch_until, ${now}) from found
    where leads.id = found.id and leads.kommo_lead_id <> found.lead_id and leads.twin_id is null`.execute(db);
  return Number(numAffectedRows);
}
