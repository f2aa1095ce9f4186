import "server-only";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { WIDE_MARGIN_SECONDS } from "@/lib/delivery/constants";
import { toSeconds } from "@/lib/delivery/verify/match";
import { toOurIds } from "@/lib/delivery/verify/search";
import { isTestId } from "@/lib/domain/lead/test-id";
import type { CallOptions } from "@/lib/kommo/client";
import { listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { type ListedLead, listLeadsDownTo, listReferences } from "@/lib/kommo/leads";
import { listReferenceFields } from "@/lib/published-mapping/queries";
import type { copyLooks } from "./schema";

// The newest of them need not have the highest id: a person may have said which lead of Kommo it is.
const LEADS_BEFORE = 100;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `byLead`: by our lead's id. `unknown`: made in Kommo on that day with an id of ours in the reference, and none of our leads. */
export type Carriers = {
  byLead: Map<string, number[]>;
  unknown: number[];
  copies: (typeof copyLooks)[number];
};

type Carried = { id: string; kommoLeadId: number; madeAt: number | null };

/**
 * Reads who carries an id of ours in Kommo since that day began: all leads by the reference fields that mappings had, and the
 * incoming ones by what they were sent with. Throws as callKommo does.
 */
export async function readCarriers(day: Period, options: CallOptions, db: Db): Promise<Carriers> {
  const incoming = await listIncomingLeads(toSeconds(day.start) - WIDE_MARGIN_SECONDS, options);
  const fields = await listReferenceFields(db);
  const referenced = await readReferenced(day, [...fields.values()], options, db);
  const isWhole = incoming.isWhole && incoming.skipped === 0 && referenced.isWhole;
  const byUuid = incoming.leads.flatMap((item) =>
    toOurIds(item).map((id) => ({ id: id.toLowerCase(), kommoLeadId: item.leadId, madeAt: null })),
  );
  const ours = await listOurs([...byUuid, ...referenced.carried], db);
  // Other forms send ids of that shape, too: only our own field says that a lead is of ours.
  const strangers = referenced.carried.filter(
    ({ id, madeAt }) => !ours.has(id) && !isTestId(id) && isWithin(madeAt, day),
  );
  return {
    byLead: toMap([...byUuid, ...referenced.carried].filter(({ id }) => ours.has(id))),
    unknown: [...new Set(strangers.map(({ kommoLeadId }) => kommoLeadId))],
    copies: isWhole ? await findReach(day, fields, db) : "not_whole",
  };
}

type Period = { start: number; end: number };

/** A field that was changed since still has the ids of the leads that were sent before. */
async function readReferenced({ start }: Period, all: (number | null)[], options: CallOptions, db: Db) {
  const fieldIds = new Set(all.filter((one) => one !== null));
  if (fieldIds.size === 0) return { carried: [], isWhole: true };
  const listUuids = (lead: ListedLead) => listReferences(lead, fieldIds).filter((text) => UUID.test(text));
  const isWanted = (lead: ListedLead) => listUuids(lead).length > 0;
  const down = await listLeadsDownTo(await findLowestId(start, db), options, { isWanted });
  const carried = down.leads.flatMap((lead) =>
    listUuids(lead).map(
      (text): Carried => ({ id: text.toLowerCase(), kommoLeadId: lead.id, madeAt: lead.createdAt }),
    ),
  );
  return { carried, isWhole: down.isWhole && down.skipped === 0 };
}

/** Kommo's ids grow, so what it made since that day began has a higher one than the leads that it had before. */
async function findLowestId(start: number, db: Db): Promise<number> {
  const before = await db
    .selectFrom("leads")
    .select("kommo_lead_id")
    .where("state", "=", "confirmed")
    .where("confirmed_at", "<", start - WIDE_MARGIN_SECONDS * 1000)
    .where("kommo_lead_id", "is not", null)
    .orderBy("confirmed_at", "desc")
    .limit(LEADS_BEFORE)
    .execute();
  return Math.max(1, ...before.map(({ kommo_lead_id }) => kommo_lead_id ?? 1));
}

/** Whether each lead of the day that was sent carries its id in a field. */
async function findReach({ start, end }: Period, fields: Map<number, number | null>, db: Db) {
  const sent = await db
    .selectFrom("leads")
    .select("mapping_version")
    .distinct()
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .where("mapping_version", "is not", null)
    .execute();
  const has = sent.map(({ mapping_version }) => (fields.get(mapping_version ?? 0) ?? null) !== null);
  if (has.every((one) => one) && [...fields.values()].some((one) => one !== null)) return "all";
  return has.some((one) => one) ? "partly" : "incoming";
}

async function listOurs(carried: Carried[], db: Db): Promise<Set<string>> {
  const ours = new Set<string>();
  for await (const some of inTurns([...new Set(carried.map(({ id }) => id))])) {
    const rows = await db.selectFrom("leads").select("id").where("id", "in", some).execute();
    for (const { id } of rows) ours.add(id);
  }
  return ours;
}

function isWithin(madeAt: number | null, { start, end }: Period): boolean {
  return madeAt !== null && madeAt * 1000 >= start && madeAt * 1000 < end;
}

function toMap(carried: Carried[]): Map<string, number[]> {
  const byLead = new Map<string, Set<number>>();
  for (const { id, kommoLeadId } of carried) byLead.set(id, (byLead.get(id) ?? new Set()).add(kommoLeadId));
  return new Map([...byLead].map(([id, ids]) => [id, [...ids]]));
}
