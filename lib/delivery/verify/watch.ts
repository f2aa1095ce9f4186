import "server-only";
import { tellTime } from "@/lib/clock";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { WIDE_MARGIN_SECONDS } from "@/lib/delivery/constants";
import { excuseForbidden } from "@/lib/delivery/excuse-forbidden";
import { lockLastId, noteLastId } from "@/lib/delivery/last-lead-id";
import { type LeadState, statesKeptBack } from "@/lib/domain/lead/states";
import { AppError } from "@/lib/errors";
import type { CallOptions, Network } from "@/lib/kommo/client";
import { type Arrival, listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { type ConfirmedIds, confirmLeads, markTwins } from "@/lib/leads/transitions";
import { log } from "@/lib/log";
import { findReferenceFields } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { findByReference } from "./find-by-reference";
import { toSeconds } from "./match";
import { toOurIds } from "./search";

const MARGIN_SECONDS = 300;
const IDS_AT_ONCE = 500;

/**
 * Leads that were sent again after a look in Kommo did not find them: a request that was held up may make a second copy
 * later. For 24 hours Kommo is asked by our reference and our UUID. Of whichever lead of ours two are found, it is marked, as
 * something between us and Kommo may repeat a request that was answered. A lead that was withdrawn in a database of an
 * earlier time, and stands in Kommo, is confirmed. Answers how many were marked.
 */
export async function watchForTwins(
  db: Db = getDb(),
  now: () => number = tellTime,
  network?: Network,
): Promise<number> {
  const watched = await listWatched(db, now());
  if (watched.length === 0) return 0;
  try {
    const options = { ...toLeaving(db, now, network), connection: await getConnection(db, now) };
    const found =
      (await listFound(watched, options, db).catch((error) => excuseForbidden(error, options))) ?? [];
    await confirmWithdrawn(watched, found, db, now());
    let marked = 0;
    for await (const some of inTurns(found.map(({ id, leadId }) => ({ id, twinId: leadId })))) {
      marked += await markTwins(some, now(), db);
    }
    if (marked > 0)
      log.error({ leads: marked }, "leads stand in Kommo twice: somebody should merge them there");
    return marked;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    return 0;
  }
}

type Watched = { id: string; createdAt: number; sentAboveId: number | null; kommoLeadId: number | null };

const STATES_WATCHED: readonly string[] = ["confirmed", ...statesKeptBack] satisfies LeadState[];

async function listWatched(db: Db, now: number): Promise<Watched[]> {
  const rows = await db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt", "sent_above_id as sentAboveId", "kommo_lead_id as kommoLeadId"])
    .select("state")
    .where("watch_until", ">", now)
    .where("twin_id", "is", null)
    .execute();
  // SQLite would take the state for the rarer of the two, and read every confirmed lead.
  return rows.filter(({ state }) => STATES_WATCHED.includes(state));
}

/** By the first id that Kommo gave it. */
async function confirmWithdrawn(
  watched: Watched[],
  found: ConfirmedIds[],
  db: Db,
  now: number,
): Promise<void> {
  const withdrawn = toWithdrawn(watched);
  const newestFirst = found.filter(({ id }) => withdrawn.has(id)).toSorted((a, b) => b.leadId - a.leadId);
  const first = [...new Map(newestFirst.map((one) => [one.id, one])).values()];
  for await (const some of inTurns(first)) {
    await db.transaction().execute(async (tx) => {
      await lockLastId(tx);
      await confirmLeads(some, now, tx);
      const leadIds = some.map(({ leadId }) => leadId);
      await noteLastId(leadIds, tx);
    });
  }
}

/** Of each lead of ours in the lists that are read, watched or not, the ids of Kommo that it does not have here. */
async function listFound(watched: Watched[], options: CallOptions, db: Db): Promise<ConfirmedIds[]> {
  const withdrawn = toWithdrawn(watched);
  const found = [
    ...(await listByUuid(watched, options)),
    ...(await listByReference(watched, withdrawn, options, db)),
  ];
  const known = await listKnown([...new Set(found.map(({ id }) => id))], db);
  return found.filter(({ id, leadId }) => withdrawn.has(id) || (known.get(id) ?? leadId) !== leadId);
}

/** The ids of Kommo of those leads that are not doubled. */
async function listKnown(ids: string[], db: Db): Promise<Map<string, number | null>> {
  const known = new Map<string, number | null>();
  for await (const some of inTurns(ids, IDS_AT_ONCE)) {
    const rows = await db
      .selectFrom("leads")
      .select(["id", "kommo_lead_id"])
      .where("id", "in", some)
      .where("twin_id", "is", null)
      .execute();
    for (const { id, kommo_lead_id } of rows) known.set(id, kommo_lead_id);
  }
  return known;
}

async function listByUuid(watched: Watched[], options: CallOptions) {
  const { leads } = await listIncomingLeads(toSince(watched, MARGIN_SECONDS), options);
  return leads.flatMap((item) => toOurIds(item).map((id) => toIds(id, item)));
}

async function listByReference(
  watched: Watched[],
  withdrawn: ReadonlySet<string>,
  options: CallOptions,
  db: Db,
) {
  const fieldIds = await findReferenceFields(db);
  if (fieldIds.size === 0) return [];
  const lowestId = watched.reduce(
    (least, { sentAboveId, kommoLeadId }) => Math.min(least, sentAboveId ?? 0, kommoLeadId ?? 0),
    Number.MAX_SAFE_INTEGER,
  );
  // A desk that knew no id of Kommo when it sent must not read the whole account each minute.
  const where = { fieldIds, lowestId, since: toSince(watched, WIDE_MARGIN_SECONDS) };
  const { found } = await findByReference("all", where, options);
  // A single one with another id than ours has taken it over when somebody merged the two.
  const isSign = (id: string, count: number) => count > 1 || withdrawn.has(id);
  return [...found].flatMap(([id, arrivals]) =>
    isSign(id, arrivals.length) ? arrivals.map((arrival) => toIds(id, arrival)) : [],
  );
}

function toWithdrawn(watched: Watched[]): Set<string> {
  return new Set(watched.flatMap(({ id, kommoLeadId }) => (kommoLeadId === null ? [id] : [])));
}

function toIds(id: string, { leadId, uid, contactId }: Arrival): ConfirmedIds {
  return { id, leadId, uid, contactId };
}

function toSince(watched: Watched[], marginSeconds: number): number {
  const first = watched.reduce(
    (least, { createdAt }) => Math.min(least, createdAt),
    Number.POSITIVE_INFINITY,
  );
  return toSeconds(first) - marginSeconds;
}
