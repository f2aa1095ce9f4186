import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { isConnected, verifyAccount } from "@/lib/account/bind-account";
import { findCatalogue } from "@/lib/account/queries";
import { refreshOldCatalogue } from "@/lib/account/refresh-catalogue";
import { type Db, getDb } from "@/lib/db/client";
import { backoffMs } from "@/lib/delivery/backoff";
import { claimDueLeads, hasDueLeads } from "@/lib/delivery/claim";
import { noticeDrift } from "@/lib/delivery/notice-drift";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import { readOutcomes } from "@/lib/delivery/read-outcomes";
import { deliver } from "@/lib/delivery/send";
import { setBrokenAside } from "@/lib/delivery/set-broken-aside";
import { verifyUnconfirmed } from "@/lib/delivery/verify/verify";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { seedMapping } from "@/lib/mapping/seed-mapping";
import { deleteOverdueLeads } from "@/lib/privacy/mutations";
import { findMapping, listFindings } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { findQueueStop, haltQueue, resumeQueue } from "@/lib/queue/halt";
import type { QueueStop } from "@/lib/queue/schema";
import { findPause } from "@/lib/rate-limit/lanes";
import { onDeliverySlot } from "@/lib/rate-limit/take-slot";
import { beat, isBeating, showProgress } from "./heartbeat";
import { holdLease, type Lease } from "./lease";

const POLL_MS = 250;
// A round that fails is a bug or a database that is away; health says so meanwhile.
const LONGEST_PAUSE_MS = 60_000;
// A longer silence is waited out between rounds, so that no lead is claimed for it.
const SHORT_PAUSE_MS = 1500;

const MAINTENANCE_MS = 60_000;

let nextMaintenance = MAINTENANCE_MS;

type Round = { db?: Db; now?: () => number; mayLeave?: () => boolean };

/**
 * One round of the sender: a probe while the queue rests, else what is due is claimed, sent or looked up. Answers whether
 * there was work.
 */
export async function deliverDue({
  db = getDb(),
  now = Date.now,
  mayLeave = () => true,
}: Round = {}): Promise<boolean> {
  const queueStop = await findQueueStop(db);
  if (queueStop) return probe(queueStop, db, now);
  if (!(await hasDueLeads(db, now())) || (await isSilent(db, now()))) return false;

  // Before anything is claimed: without a connection nothing would leave, and look as if it might have.
  if (!(await isConnected(db, now))) return false;
  const published = (await findMapping(db)) ?? (await seed(db, now));
  if (!published) return false;
  const claimed = await claimDueLeads(db, now());
  const unclear = claimed.filter((lead) => lead.state === "sending" || lead.state === "checking");
  const toSend = claimed.filter((lead) => !unclear.includes(lead));
  const drift = await listFindings(db);
  const sendable = await setBrokenAside(toSend, published.mapping, drift, db);
  if (sendable.length > 0) {
    await deliver(sendable, { published, drift, mayLeave, db, now });
    await noticeDrift(sendable, db, now);
  }
  if (unclear.length > 0) await verifyUnconfirmed(unclear, published, db, now);
  return claimed.length > 0;
}

/** A mapping that the settings made is held against the catalogue as soon as nothing is due. */
async function seed(db: Db, now: () => number) {
  const seeded = await seedMapping(db, now);
  if (!(await findCatalogue(db))) nextMaintenance = 0;
  return seeded;
}

async function isSilent(db?: Db, now?: number): Promise<boolean> {
  return (await findPause(db, now)) > SHORT_PAUSE_MS;
}

async function probe(queueStop: QueueStop, db: Db, now: () => number): Promise<boolean> {
  if (queueStop.kind === "paused" || queueStop.probeAt > now()) return false;
  if (await isSilent(db, now())) return false;
  try {
    await verifyAccount(db, now);
    if (!((await findMapping(db)) ?? (await seed(db, now)))) return false;
    await resumeQueue(db);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    if (error.kind !== "connection") await haltQueue(queueStop.code, db, now());
    return false;
  }
}

/** Runs rounds until stopped. `stop` resolves when the running delivery has been written down and the lease given up. */
export function startLoop(): { stop(): Promise<void> } {
  const stopping = new AbortController();
  beat();
  onDeliverySlot(showProgress);
  const lease = holdLease({ isAlive: isBeating });
  const finished = run(lease, stopping.signal).finally(() => lease.release());
  return {
    stop() {
      stopping.abort();
      return finished;
    },
  };
}

async function run(lease: Lease, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await round(lease).catch(toFailure);
    failures = typeof outcome === "string" ? failures + 1 : 0;
    beat(typeof outcome === "string" ? outcome : undefined);

    const pause = failures > 0 ? backoffMs(failures) : outcome ? 0 : POLL_MS;
    await wait(Math.min(pause, LONGEST_PAUSE_MS), undefined, { signal }).catch(() => undefined);
  }
}

async function round(lease: Lease): Promise<boolean> {
  if (!lease.isHeld()) await lease.renew();
  if (!lease.isHeld()) return false;
  return (await deliverDue({ mayLeave: lease.isHeld })) || maintain();
}

/** When nothing is due, once a minute: overdue leads and old attempts are forgotten, and outcomes read back. */
async function maintain(): Promise<boolean> {
  if (performance.now() < nextMaintenance) return false;
  nextMaintenance = performance.now() + MAINTENANCE_MS;
  await deleteOverdueLeads();
  if ((await findQueueStop()) || (await isSilent())) return false;
  await readOutcomes();
  await refreshOldCatalogue();
  await pruneAttempts();
  return false;
}

function toFailure(error: unknown): string {
  const code = error instanceof AppError ? error.code : "bug";
  log.error({ code, err: error }, "round failed");
  return code;
}
