import "server-only";
import { tellTime } from "@/lib/clock";
import { findKommoUrl, getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { statesUnderWay, stuckStates } from "@/lib/domain/lead/states";
import { toTitle } from "@/lib/domain/lead/to-title";
import { AppError } from "@/lib/errors";
import { FORM_ROLE } from "@/lib/people/schema";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { getQueueStop } from "@/lib/queue/queries";
import { countRequests } from "@/lib/rate-limit/lanes";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { excuseForbidden } from "./excuse-forbidden";
import { type Delivery, deliverySchema, type FoundInKommo, MOST_STUCK } from "./schema";
import { listShown } from "./verify/list-shown";

/** Everything the delivery page shows, in one answer. */
export async function getDelivery(db: Db = getDb(), now = tellTime()): Promise<Delivery> {
  const sender = await db
    .selectFrom("sender")
    .select(["last_success", "restored_at"])
    .executeTakeFirstOrThrow();
  const counts = await db
    .selectFrom("leads")
    .select(["state", (eb) => eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  return deliverySchema.parse({
    now,
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, Number(count)])),
    oldestWaiting: (await findOldestWaiting(db)) ?? null,
    lastSuccess: sender.last_success,
    requestsLastMinute: await countRequests(db, now),
    queueStop: await getQueueStop(db),
    restored: await findRestored(sender.restored_at, db),
    unverified: await findUnverified(db, now),
    doubled: await listDoubled(db, now),
    stuck: await listWaitingForPerson(undefined, db),
  });
}

/** While leads are verified because the database was put back to an earlier state: since when, and how many are left. */
export async function findRestored(restoredAt: number | null, db: Db = getDb()) {
  if (restoredAt === null) return null;
  const { left } = await db
    .selectFrom("leads")
    .select(({ fn }) => fn.countAll<number>().as("left"))
    .where("state", "=", "checking")
    .where("created_at", "<=", restoredAt)
    .where("sent_until", "is not", null)
    .executeTakeFirstOrThrow();
  return Number(left) > 0 ? { at: restoredAt, left: Number(left) } : null;
}

// It takes six minutes until a lead may be called absent, and a look some seconds.
const VERIFIED_WITHIN_MS = 15 * 60_000;

/** Leads that are unconfirmed for longer than it takes to look for them: since when, and how many. */
export async function findUnverified(db: Db, now: number) {
  const { since, count } = await db
    .selectFrom("leads")
    .select(({ fn }) => fn.min(fn.coalesce("sent_until", "sent_at", "created_at")).as("since"))
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "=", "checking")
    .where((eb) => eb(eb.fn.coalesce("sent_until", "sent_at", "created_at"), "<", now - VERIFIED_WITHIN_MS))
    .executeTakeFirstOrThrow();
  return since === null ? null : { since: Number(since), count: Number(count) };
}

// After its day of watching, as long as it takes somebody to merge them.
const DOUBLED_SHOWN_MS = 7 * 24 * 60 * 60_000;
const MOST_DOUBLED = 50;

async function listDoubled(db: Db, now: number): Promise<Delivery["doubled"]> {
  const rows = await db
    .selectFrom("leads")
    .select(["id", "name", "surname", "kommo_lead_id", "twin_id"])
    .where("watch_until", ">", now - DOUBLED_SHOWN_MS)
    .where("twin_id", "is not", null)
    .orderBy("watch_until", "desc")
    .limit(MOST_DOUBLED)
    .execute();
  const baseUrl = rows.length === 0 ? undefined : await findKommoUrl(db);
  const toUrl = (id: number | null) => (baseUrl && id !== null ? `${baseUrl}/leads/detail/${id}` : null);
  return rows.map(({ id, kommo_lead_id, twin_id, ...names }) => ({
    id,
    title: toTitle(names),
    kommoUrl: toUrl(kommo_lead_id),
    twinUrl: toUrl(twin_id),
  }));
}

/** Leads that wait for a person, oldest first; `ids`: of these only. At most as many as the page shows. */
export async function listWaitingForPerson(ids: string[] | undefined, db: Db): Promise<Delivery["stuck"]> {
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["leads.id", "leads.name", "leads.surname", "people.name as author"])
    .select("people.role as authorRole")
    .select(["leads.state", "leads.problem", "leads.sent_at as sentAt", "leads.created_at as createdAt"])
    .where("leads.state", "in", stuckStates)
    .$if(ids !== undefined, (query) => query.where("leads.id", "in", ids ?? []))
    .orderBy("leads.created_at")
    .limit(MOST_STUCK)
    .execute();
  const stuck = rows.map(({ name, surname, authorRole, ...row }) => ({
    ...row,
    byForm: authorRole === FORM_ROLE,
    title: toTitle({ name, surname }),
  }));
  return deliverySchema.shape.stuck.parse(stuck);
}

/** The oldest lead that is still on its way. */
export function findOldestWaiting(db: Db) {
  return db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt"])
    .where("state", "in", statesUnderWay)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
}

// Less than the page waits for an answer.
const LOOK_MS = 45_000;

/**
 * What Kommo shows for leads that a person has to decide about: by our id, else whoever may be it. It changes nothing.
 * Undefined when Kommo does not answer, or its lists take too long to read; `reading_forbidden` where the token may not.
 */
export async function findInKommo(
  ids: string[],
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<FoundInKommo | "reading_forbidden" | undefined> {
  const signal = AbortSignal.timeout(LOOK_MS);
  try {
    const connection = await getConnection(db, now);
    const slot = () => takeSlot({ lane: "delivery", db, now, signal });
    const options = { slot, connection, signal };
    const shown = await listShown(ids, options, db).catch((error) => excuseForbidden(error, options));
    return shown ?? "reading_forbidden";
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    return undefined;
  }
}
