import "server-only";
import { sql } from "kysely";
import { tellTime } from "@/lib/clock";
import { findConnectionState } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { findDiskState } from "@/lib/db/disk";
import { findOldestWaiting, findRestored, findUnverified, getDelivery } from "@/lib/delivery/queries";
import { leadStates } from "@/lib/domain/lead/states";
import { getEnv } from "@/lib/env";
import { getMetrics } from "@/lib/metrics/registry";
import { findQueueStop } from "@/lib/queue/halt";
import { findLastBeat, isBeating, isUnread } from "./heartbeat";

const UNSENT_WITHIN_MS = 60 * 60 * 1000;
const TAKEN_WITHIN_MS = 15 * 60 * 1000;

/** When a delivery got through last. */
const LAST_SUCCESS = sql<number>`(select coalesce(last_success, 0) from sender)`;

export type Health = {
  status: "ok" | "failing";
  database: "ok" | "failing";
  disk: "ok" | "full";
  sender: string;
  /** The reason of a halt; *not_connected*: an integration is set, and nobody has connected yet; *takes_nothing*: every delivery of the last quarter of an hour and more went wrong, or none could be tried. */
  kommo: string;
  /**
   * *late*: a lead is unconfirmed for longer than it takes to look for it. *unread*: leads leave although Kommo's lists could
   * not tell whether the database was copied back.
   */
  verification: "ok" | "late" | "unread" | "unknown";
  /** Leads that are still verified after the database was put back to an earlier state: they leave later, or not again. */
  verifyingAfterRestore: number | null;
  oldestUnsentSeconds: number | null;
};

/** Never throws: a database that does not answer is what the page is to say. */
export async function getHealth(
  db: Db = getDb(),
  now = tellTime(),
  monotonic = performance.now(),
  databaseUrl = getEnv().databaseUrl,
): Promise<Health> {
  const sender = toSenderHealth(monotonic);
  const disk = await findDiskState(databaseUrl, monotonic);
  try {
    const queueStop = await findQueueStop(db);
    const isStuck = (await isNothingTaken(db, now)) || (await isNothingSent(db, now));
    const takesNothing = isStuck ? "takes_nothing" : "ok";
    const reason = queueStop?.kind === "halted" ? queueStop.code : undefined;
    const kommo = reason ?? ((await isToBeConnected(db)) ? "not_connected" : takesNothing);
    const oldest = await findOldestWaiting(db);
    const age = oldest && now - oldest.createdAt;
    const isLate = age !== undefined && age > UNSENT_WITHIN_MS;
    const oldestUnsentSeconds = age === undefined ? null : Math.round(age / 1000);
    const read = isUnread(monotonic) ? "unread" : "ok";
    const verification = (await findUnverified(db, now)) ? "late" : read;
    const { restored_at } = await db.selectFrom("sender").select("restored_at").executeTakeFirstOrThrow();
    const verifyingAfterRestore = (await findRestored(restored_at, db))?.left ?? 0;
    const isWell = disk === "ok" && sender === "ok" && kommo === "ok" && verification === "ok" && !isLate;
    const status = isWell ? "ok" : "failing";
    const known = { verification, verifyingAfterRestore, oldestUnsentSeconds } as const;
    return { status, database: "ok", disk, sender, kommo, ...known };
  } catch {
    const unknown = { kommo: "unknown", verification: "unknown" } as const;
    const numbers = { verifyingAfterRestore: null, oldestUnsentSeconds: null };
    return { status: "failing", database: "failing", disk, sender, ...unknown, ...numbers };
  }
}

/** The same for Prometheus, with what this process has counted. */
export async function getMetricsText(db: Db = getDb(), now = tellTime()): Promise<string> {
  const { registry, leads, oldest, requests } = getMetrics();
  const delivery = await getDelivery(db, now);
  for (const state of leadStates) leads.set({ state }, delivery.counts[state] ?? 0);
  oldest.set(delivery.oldestWaiting ? (now - delivery.oldestWaiting.createdAt) / 1000 : 0);
  requests.set(delivery.requestsLastMinute);
  return registry.metrics();
}

/** The settings name the integration, and leave it to an admin to allow it. */
async function isToBeConnected(db: Db): Promise<boolean> {
  return getEnv().kommo.integration !== undefined && (await findConnectionState(db)) === null;
}

/**
 * Kommo answers, and no lead gets through: one that was not taken a quarter of an hour ago still waits, perhaps for a person,
 * as a rejection that names nothing ends so, and none has got through since.
 */
async function isNothingTaken(db: Db, now: number): Promise<boolean> {
  const untaken = await db
    .selectFrom("leads")
    .innerJoin("attempt_leads", "attempt_leads.lead_id", "leads.id")
    .innerJoin("attempts", "attempts.id", "attempt_leads.attempt_id")
    .select("leads.id")
    .where((eb) =>
      eb.or([
        eb("leads.state", "in", ["queued", "sending", "checking"]),
        eb.and([eb("leads.state", "=", "needs_admin"), eb("leads.problem", "=", "unsendable")]),
      ]),
    )
    .where("attempts.outcome", "in", ["unclear", "not_accepted"])
    .where("attempts.started_at", "<=", now - TAKEN_WITHIN_MS)
    .where("attempts.started_at", ">", LAST_SUCCESS)
    .limit(1)
    .executeTakeFirst();
  return untaken !== undefined;
}

/** The mapping names what Kommo does not have any more: a lead waits for that for a quarter of an hour, and none has got through. */
async function isNothingSent(db: Db, now: number): Promise<boolean> {
  const broken = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "=", "needs_admin")
    .where("problem", "=", "mapping_broken")
    .where("created_at", "<=", now - TAKEN_WITHIN_MS)
    .where("created_at", ">", LAST_SUCCESS)
    .limit(1)
    .executeTakeFirst();
  return broken !== undefined;
}

function toSenderHealth(monotonic: number): string {
  return isBeating(monotonic) ? (findLastBeat()?.failure ?? "ok") : "silent";
}
