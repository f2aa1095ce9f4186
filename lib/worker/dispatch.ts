import "server-only";
import { isConnected } from "@/lib/account/bind-account";
import { type ClaimedLead, claimBatch, hasDueLeads } from "@/lib/delivery/claim";
import type { Duty } from "@/lib/delivery/duty";
import { noticeDrift } from "@/lib/delivery/notice-drift";
import { type Payload, sendBatch } from "@/lib/delivery/send";
import { setBrokenAside } from "@/lib/delivery/set-broken-aside";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { verifyDue } from "@/lib/delivery/verify/verify";
import { listFindings } from "@/lib/published-mapping/queries";
import { findQueueStop } from "@/lib/queue/halt";
import { isSilent } from "@/lib/rate-limit/lanes";
import { type InFlight, noneInFlight, startTask } from "./in-flight";
import { findOrSeedMapping, probe } from "./probe";

// Enough to use the whole lane when Kommo takes two seconds for an answer.
const MOST_IN_FLIGHT = 12;
/**
 * Starts what is due and may run beside what is in flight: batches to send, and one verification. While the queue is halted
 * it probes instead. Answers whether it started anything; the deliveries themselves go on.
 */
export async function startDue(duty: Duty, inFlight: InFlight): Promise<boolean> {
  const { db, now } = duty;
  const queueStop = await findQueueStop(db);
  if (queueStop) return probe(queueStop, duty);
  if (!(await hasDueLeads(db, now())) || (await isSilent(db, now()))) return false;

  // Before anything is claimed: without a connection nothing would leave, and look as if it might have.
  if (!(await isConnected(db, now))) return false;
  const published = await findOrSeedMapping(db, now);
  if (!published) return false;
  const payload = { published, drift: await listFindings(db) };
  startTask("verification", () => verifyDue(published, duty), inFlight);
  return startBatches(payload, duty, inFlight);
}

async function startBatches(payload: Payload, duty: Duty, inFlight: InFlight): Promise<boolean> {
  let hasStarted = false;
  while (inFlight.batches.size < MOST_IN_FLIGHT) {
    const claimed = await claimBatch(duty);
    if (claimed.length === 0) return hasStarted;
    hasStarted = true;
    const batch = send(claimed, payload, duty)
      .catch((error) => void inFlight.failures.push(error))
      .finally(() => inFlight.batches.delete(batch));
    inFlight.batches.set(
      batch,
      claimed.map(({ id }) => id),
    );
  }
  return hasStarted;
}

async function send(claimed: ClaimedLead[], payload: Payload, duty: Duty): Promise<void> {
  const { published, drift = [] } = payload;
  const sendable = await setBrokenAside(claimed, published.mapping, drift, duty);
  if (sendable.length === 0) return;
  await sendBatch(sendable, payload, duty);
  await noticeDrift(sendable, duty.db, duty.now);
}

/** Waits for all that is in flight. Throws what the first of them has failed with; its leads are unconfirmed then. */
export async function finish(duty: Duty, inFlight: InFlight): Promise<void> {
  await Promise.all(inFlight.tasks.values());
  await Promise.all(inFlight.batches.keys());
  if (inFlight.failures.length === 0) return;
  const [first] = inFlight.failures.splice(0);
  await sweepUnfinished([], duty);
  throw first;
}

/** One round from beginning to end: all that is due is sent and verified. Answers whether there was anything. */
export async function deliverDue(duty: Duty): Promise<boolean> {
  const inFlight = noneInFlight();
  const isDue = await hasDueLeads(duty.db, duty.now());
  const hasStarted = await startDue(duty, inFlight);
  const hasVerified = inFlight.tasks.has("verification");
  await finish(duty, inFlight);
  return hasStarted || (isDue && hasVerified);
}
