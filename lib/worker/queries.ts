import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { findOldestWaiting, getDelivery } from "@/lib/delivery/queries";
import { leadStates } from "@/lib/domain/lead/states";
import { getMetrics } from "@/lib/metrics/registry";
import { findQueueStop } from "@/lib/queue/halt";
import { findLastBeat, isBeating } from "./heartbeat";

const UNSENT_WITHIN_MS = 60 * 60 * 1000;
const VERIFIED_WITHIN_MS = 15 * 60 * 1000;

export type Health = {
  status: "ok" | "failing";
  database: "ok" | "failing";
  sender: string;
  kommo: string;
  /** *late*: a lead is unconfirmed for longer than it takes to look for it. */
  verification: "ok" | "late" | "unknown";
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
    const queueStop = await findQueueStop(db);
    const kommo = queueStop?.kind === "halted" ? queueStop.code : "ok";
    const oldest = await findOldestWaiting(db);
    const age = oldest && now - oldest.createdAt;
    const isLate = age !== undefined && age > UNSENT_WITHIN_MS;
    const oldestUnsentSeconds = age === undefined ? null : Math.round(age / 1000);
    const verification = (await isVerificationLate(db, now)) ? "late" : "ok";
    const isWell = sender === "ok" && kommo === "ok" && verification === "ok" && !isLate;
    const status = isWell ? "ok" : "failing";
    return { status, database: "ok", sender, kommo, verification, oldestUnsentSeconds };
  } catch {
    const unknown = { kommo: "unknown", verification: "unknown", oldestUnsentSeconds: null } as const;
    return { status: "failing", database: "failing", sender, ...unknown };
  }
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

async function isVerificationLate(db: Db, now: number): Promise<boolean> {
  const late = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "=", "checking")
    .where((eb) => eb(eb.fn.coalesce("sent_at", "created_at"), "<", now - VERIFIED_WITHIN_MS))
    .limit(1)
    .executeTakeFirst();
  return late !== undefined;
}

function toSenderHealth(monotonic: number): string {
  return isBeating(monotonic) ? (findLastBeat()?.failure ?? "ok") : "silent";
}
