import "server-only";
import type { Db } from "@/lib/db/client";
import { WIDE_MARGIN_SECONDS } from "@/lib/delivery/constants";
import type { FoundInKommo } from "@/lib/delivery/schema";
import { leadFields } from "@/lib/domain/lead/fields";
import { toShownPhone } from "@/lib/domain/lead/phone";
import type { CallOptions } from "@/lib/kommo/client";
import { findMapping, findReferenceFields, type PublishedMapping } from "@/lib/published-mapping/queries";
import { type ByReference, findByReference } from "./find-by-reference";
import { type Candidate, listRelated, toSeconds } from "./match";
import { readOwnRecords } from "./own-records";
import { EMPTY_TRASH, listSuspects, readTrash } from "./read-trash";
import { findByUuid, listCandidates } from "./search";
import { toUnconfirmed } from "./verify";

const CANDIDATES_SHOWN = 5;

type Found = FoundInKommo["leads"][number];

/** What Kommo shows for leads that a person has to decide about: by our id, else whoever may be it. Throws what callKommo throws. */
export async function listShown(ids: string[], options: CallOptions, db: Db): Promise<FoundInKommo> {
  const published = await findMapping(db);
  const leads = published ? await listUndecided(ids, published, db) : [];
  if (!published || leads.length === 0) return { isWhole: true, leads: [] };
  const toUrl = (id: number) => `${options.connection.baseUrl}/leads/detail/${id}`;
  const { incoming, found } = await findByUuid(leads, options);
  const exact = new Map([...found].map(([id, { leadId }]) => [id, [leadId]]));
  const missing = leads.filter(({ id }) => !exact.has(id));
  const carrying = await findCarrying(missing, options, db);
  for (const [id, arrivals] of carrying.found)
    exact.set(
      id,
      arrivals.map(({ leadId }) => leadId),
    );

  const others = leads.filter(({ id }) => !exact.has(id));
  const candidates =
    others.length === 0 ? [] : await listCandidates(others, incoming.leads, readOwnRecords(db), options);
  const related = await listRelated(others, candidates ?? []);
  // Who has a candidate is hardly a lead without a name.
  const nowhere = others.filter(({ id, hasLeft }) => hasLeft && related.get(id)?.length === 0);
  const trash = nowhere.length === 0 ? EMPTY_TRASH : await readTrash(nowhere, readOwnRecords(db), options);
  const suspects = new Map<string, number[]>();
  for (const lead of nowhere) suspects.set(lead.id, trash ? await listSuspects(trash, [lead]) : []);
  const areListsWhole = incoming.isWhole && incoming.skipped === 0 && carrying.isWhole;
  return {
    isWhole: areListsWhole && candidates !== undefined && trash !== undefined,
    leads: leads.map(({ id }): Found => {
      const leadIds = exact.get(id);
      const nameless = { name: null, contact: null, madeAt: null };
      if (leadIds) {
        const carriers = leadIds.map((kommoLeadId) => ({
          kommoLeadId,
          url: toUrl(kommoLeadId),
          ...nameless,
        }));
        return { id, isExact: true, candidates: carriers, deleted: [] };
      }
      const shown = (related.get(id) ?? []).slice(0, CANDIDATES_SHOWN);
      return {
        id,
        isExact: false,
        candidates: shown.map((candidate) => toShown(candidate, toUrl)),
        deleted: (suspects.get(id) ?? [])
          .slice(0, CANDIDATES_SHOWN)
          .map((kommoLeadId) => ({ kommoLeadId, url: toUrl(kommoLeadId) })),
      };
    }),
  };
}

async function listUndecided(ids: string[], published: PublishedMapping, db: Db) {
  const rows = await db
    .selectFrom("leads")
    .select([...leadFields, "id", "problem", "created_at as createdAt"])
    .select(["sent_at as sentAt", "sent_until as sentUntil", "sent_above_id as sentAboveId"])
    .select(["least_ahead_ms as leastAheadMs", "most_ahead_ms as mostAheadMs"])
    .where("id", "in", ids)
    .where("state", "=", "needs_admin")
    .execute();
  return rows.map(({ problem, sentAboveId, ...row }) => ({
    ...toUnconfirmed(row, published),
    isMerged: problem === "merged",
    hasLeft: row.sentAt !== null || sentAboveId !== null,
    sentAboveId: sentAboveId ?? 0,
  }));
}

/** The leads of Kommo with our id in a reference field, by our id. */
async function findCarrying(
  leads: Awaited<ReturnType<typeof listUndecided>>,
  options: CallOptions,
  db: Db,
): Promise<ByReference> {
  const fieldIds = await findReferenceFields(db);
  const sent = leads.filter(({ hasLeft }) => hasLeft);
  if (fieldIds.size === 0 || sent.length === 0) return { found: new Map(), isWhole: true };
  const lowestId = sent.reduce((least, { sentAboveId }) => Math.min(least, sentAboveId), Infinity);
  const first = sent.reduce((least, { createdAt }) => Math.min(least, createdAt), Infinity);
  // Without the id before its first sending, all that Kommo has would have to be read.
  const since = lowestId === 0 ? toSeconds(first) - WIDE_MARGIN_SECONDS : undefined;
  return findByReference(new Set(sent.map(({ id }) => id)), { fieldIds, lowestId, since }, options);
}

function toShown({ id, name, madeAt, contactKeys }: Candidate, toUrl: (id: number) => string) {
  const contact = toShownPhone(contactKeys[0] ?? null);
  return { kommoLeadId: id, url: toUrl(id), name, contact, madeAt: madeAt * 1000 };
}
