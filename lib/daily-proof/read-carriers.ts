import "server-only";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { WIDE_MARGIN_SECONDS } from "@/lib/delivery/constants";
import { toSeconds } from "@/lib/delivery/verify/match";
import { toOurIds } from "@/lib/delivery/verify/search";
import type { CallOptions } from "@/lib/kommo/client";
import { listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { listLeadsDownTo, listReferences } from "@/lib/kommo/leads";
import { findMapping } from "@/lib/published-mapping/queries";
import type { copyLooks } from "./schema";

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `byLead`: by our lead's id. `unknown`: made in Kommo on that day with an id of ours in the reference, and none of our leads. */
export type Carriers = {
  byLead: Map<string, number[]>;
  unknown: number[];
  copies: (typeof copyLooks)[number];
};

type Carried = { id: string; kommoLeadId: number; madeAt: number | null };

/**
 * Reads who carries an id of ours in Kommo since that day began: all leads by their reference field, where the mapping has
 * one, and the incoming ones by what they were sent with. Throws as callKommo does.
 */
export async function readCarriers(
  { start, end }: { start: number; end: number },
  options: CallOptions,
  db: Db,
): Promise<Carriers> {
  const since = toSeconds(start) - WIDE_MARGIN_SECONDS;
  const incoming = await listIncomingLeads(since, options);
  const referenced = await readReferenced(since, options, db);
  const isWhole = incoming.isWhole && incoming.skipped === 0 && referenced?.isWhole !== false;
  const byUuid = incoming.leads.flatMap((item) =>
    toOurIds(item).map((id) => ({ id: id.toLowerCase(), kommoLeadId: item.leadId, madeAt: null })),
  );
  const byReference = referenced?.carried ?? [];
  const ours = await listOurs([...byUuid, ...byReference], db);
  // Other forms send ids of that shape, too: only our own field says that a lead is of ours.
  const strangers = byReference.filter(({ id, madeAt }) => !ours.has(id) && isWithin(madeAt, { start, end }));
  return {
    byLead: toMap([...byUuid, ...byReference].filter(({ id }) => ours.has(id))),
    unknown: [...new Set(strangers.map(({ kommoLeadId }) => kommoLeadId))],
    copies: !isWhole ? "not_whole" : referenced ? "all" : "incoming",
  };
}

/** Undefined where there is no reference field. */
async function readReferenced(since: number, options: CallOptions, db: Db) {
  const fieldId = (await findMapping(db))?.mapping.reference?.fieldId;
  if (fieldId === undefined) return undefined;
  const down = await listLeadsDownTo(1, options, {
    since,
    isWanted: (lead) => listReferences(lead, fieldId).some((text) => UUID.test(text)),
  });
  const carried: Carried[] = down.leads.flatMap((lead) =>
    listReferences(lead, fieldId)
      .filter((text) => UUID.test(text))
      .map((text) => ({ id: text.toLowerCase(), kommoLeadId: lead.id, madeAt: lead.createdAt })),
  );
  return { carried, isWhole: (down.isWhole || down.isPast) && down.skipped === 0 };
}

async function listOurs(carried: Carried[], db: Db): Promise<Set<string>> {
  const ours = new Set<string>();
  for await (const some of inTurns([...new Set(carried.map(({ id }) => id))])) {
    const rows = await db.selectFrom("leads").select("id").where("id", "in", some).execute();
    for (const { id } of rows) ours.add(id);
  }
  return ours;
}

function isWithin(madeAt: number | null, { start, end }: { start: number; end: number }): boolean {
  return madeAt !== null && madeAt * 1000 >= start && madeAt * 1000 < end;
}

function toMap(carried: Carried[]): Map<string, number[]> {
  const byLead = new Map<string, Set<number>>();
  for (const { id, kommoLeadId } of carried) byLead.set(id, (byLead.get(id) ?? new Set()).add(kommoLeadId));
  return new Map([...byLead].map(([id, ids]) => [id, [...ids]]));
}
