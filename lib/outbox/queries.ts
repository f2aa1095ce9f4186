import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { leadStates, statesUnderWay } from "@/lib/leads/schema";
import { getMetrics } from "@/lib/metrics/registry";
import { countRequests } from "./budget";
import { findLastBeat, isBeating } from "./heartbeat";
import { findStandstill } from "./rest";
import { type Delivery, deliverySchema, type Standstill } from "./schema";

const MINUTE_MS = 60_000;
const STUCK_SHOWN = 200;
const UNSENT_WITHIN_MS = 60 * 60 * 1000;

export type Health = {
  status: "ok" | "failing";
  database: "ok" | "failing";
  sender: string;
  kommo: string;
  oldestUnsentSeconds: number | null;
};

/** Never throws: a database that does not answer is what the page is to say. */
export async function getHealth(
  db: Db = getDb(),
  now = Date.now(),
  monotonic = performance.now(),
): Promise<Health> {
  const sender = toSenderHealth(monotonic);
  try {
    const standstill = await findStandstill(db);
    const kommo = standstill?.kind === "resting" ? standstill.code : "ok";
    const oldest = await findOldestWaiting(db);
    const age = oldest && now - oldest.createdAt;
    const isLate = age !== undefined && age > UNSENT_WITHIN_MS;
    const oldestUnsentSeconds = age === undefined ? null : Math.round(age / 1000);
    const status = sender === "ok" && kommo === "ok" && !isLate ? "ok" : "failing";
    return { status, database: "ok", sender, kommo, oldestUnsentSeconds };
  } catch {
    return { status: "failing", database: "failing", sender, kommo: "unknown", oldestUnsentSeconds: null };
  }
}

/** For the band on every page: null while leads leave. */
export async function getStandstill(db: Db = getDb()): Promise<Standstill | null> {
  return (await findStandstill(db)) ?? null;
}

/** Everything the delivery page shows, in one answer. */
export async function getDelivery(db: Db = getDb(), now = Date.now()): Promise<Delivery> {
  const { last_success } = await db.selectFrom("sender").select("last_success").executeTakeFirstOrThrow();
  const counts = await db
    .selectFrom("leads")
    .select(["state", (eb) => eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  return deliverySchema.parse({
    now,
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, Number(count)])),
    oldestWaiting: (await findOldestWaiting(db)) ?? null,
    lastSuccess: last_success,
    requestsLastMinute: await countRequests(now - MINUTE_MS, db),
    standstill: await getStandstill(db),
    stuck: await listStuck(db),
  });
}

/** The same for Prometheus, with what this process has counted. */
export async function getMetricsText(db: Db = getDb(), now = Date.now()): Promise<string> {
  const { registry, leads, oldest, requests } = getMetrics();
  const delivery = await getDelivery(db, now);
  for (const state of leadStates) leads.set({ state }, delivery.counts[state] ?? 0);
  oldest.set(delivery.oldestWaiting ? (now - delivery.oldestWaiting.createdAt) / 1000 : 0);
  requests.set(delivery.requestsLastMinute);
  return registry.metrics();
}

async function listStuck(db: Db) {
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["leads.id", "leads.name", "leads.surname", "people.name as author"])
    .select(["leads.state", "leads.problem", "leads.sent_at as sentAt", "leads.created_at as createdAt"])
    .where("leads.state", "in", ["needs_fix", "needs_admin"])
    .orderBy("leads.created_at")
    .limit(STUCK_SHOWN)
    .execute();
  return rows.map(({ name, surname, ...row }) => ({
    ...row,
    title: [name, surname].filter(Boolean).join(" "),
  }));
}

function toSenderHealth(monotonic: number): string {
  return isBeating(monotonic) ? (findLastBeat()?.failure ?? "ok") : "silent";
}

function findOldestWaiting(db: Db) {
  return db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt"])
    .where("state", "in", statesUnderWay)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
}
