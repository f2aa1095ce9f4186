import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { CallOptions, Network } from "@/lib/kommo/client";
import { listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { markTwins } from "@/lib/leads/transitions";
import { log } from "@/lib/log";
import { findMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { findByReference } from "./find-by-reference";
import { toOurIds } from "./search";

const MARGIN_SECONDS = 300;

/**
 * Leads that were sent again after a look in Kommo did not find them: a request that was held up may make a second copy
 * later. For 24 hours Kommo is asked by our reference and our UUID, and two leads of one are marked. Answers how many were.
 */
export async function watchForTwins(
  db: Db = getDb(),
  now: () => number = Date.now,
  network?: Network,
): Promise<number> {
  const watched = await listWatched(db, now());
  if (watched.length === 0) return 0;
  try {
    const options = { ...toLeaving(db, now, network), connection: await getConnection(db) };
    const marked = await markTwins(await listTwins(watched, options, db), db);
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

function listWatched(db: Db, now: number): Promise<Watched[]> {
  return db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt", "sent_above_id as sentAboveId", "kommo_lead_id as kommoLeadId"])
    .where("watch_until", ">", now)
    .where("state", "=", "confirmed")
    .where("twin_id", "is", null)
    .execute();
}

async function listTwins(
  watched: Watched[],
  options: CallOptions,
  db: Db,
): Promise<{ id: string; twinId: number }[]> {
  const byId = new Map(watched.map((lead) => [lead.id, lead]));
  const found = [
    ...(await listByUuid(watched, byId, options)),
    ...(await listByReference(watched, byId, options, db)),
  ];
  return found.filter(({ id, twinId }) => byId.get(id)?.kommoLeadId !== twinId);
}

async function listByUuid(watched: Watched[], byId: Map<string, Watched>, options: CallOptions) {
  const first = watched.reduce(
    (least, { createdAt }) => Math.min(least, createdAt),
    Number.POSITIVE_INFINITY,
  );
  const { leads } = await listIncomingLeads(Math.floor(first / 1000) - MARGIN_SECONDS, options);
  return leads.flatMap((item) =>
    toOurIds(item).flatMap((id) => (byId.has(id) ? [{ id, twinId: item.leadId }] : [])),
  );
}

async function listByReference(watched: Watched[], byId: Map<string, Watched>, options: CallOptions, db: Db) {
  const fieldId = (await findMapping(db))?.mapping.reference?.fieldId;
  if (fieldId === undefined) return [];
  const lowestId = watched.reduce(
    (least, { sentAboveId, kommoLeadId }) => Math.min(least, sentAboveId ?? 0, kommoLeadId ?? 0),
    Number.MAX_SAFE_INTEGER,
  );
  const { found } = await findByReference(new Set(byId.keys()), { fieldId, lowestId }, options);
  // A single one with another id than ours has taken it over when somebody merged the two.
  const twice = [...found].filter(([, arrivals]) => arrivals.length > 1);
  return twice.flatMap(([id, arrivals]) => arrivals.map(({ leadId }) => ({ id, twinId: leadId })));
}
