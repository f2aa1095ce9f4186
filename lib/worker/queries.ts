import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { findOldestWaiting, getDelivery } from "@/lib/delivery/queries";
import { leadStates } from "@/lib/domain/lead/states";
import { getMetrics } from "@/lib/metrics/registry";
import { findQueueStop } from "@/lib/queue/halt";
import { findLastBeat, isBeating } from "./heartbeat";

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
    const queueStop = await findQueueStop(db);
    const kommo = queueStop?.kind === "halted" ? queueStop.code : "ok";
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

/** The same for Prometheus, with what this process has counted. */
export async function getMetricsText(db: Db = getDb(), now = Date.now()): Promise<string> {
  const { registry, leads, oldest, requests } = getMetrics();
  const delivery = await getDelivery(db, now);
  for (const state of leadStates) leads.set({ state }, delivery.counts[state] ?? 0);
  oldest.set(delivery.oldestWaiting ? (now - delivery.oldestWaiting.createdAt) / 1000 : 0);
  requests.set(delivery.requestsLastMinute);
  return registry.metrics();
}

function toSenderHealth(monotonic: number): string {
  return isBeating(monotonic) ? (findLastBeat()?.failure ?? "ok") : "silent";
}
