import "server-only";
import { isConnected, requireBoundConnection } from "@/lib/account/bind-account";
import { type ClaimedLead, claimBatch, hasDueLeads, TO_SEND, TO_VERIFY } from "@/lib/delivery/claim";
import type { Duty } from "@/lib/delivery/duty";
import { noticeDrift } from "@/lib/delivery/notice-drift";
import { type Payload, sendBatch } from "@/lib/delivery/send";
import { setBrokenAside } from "@/lib/delivery/set-broken-aside";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { verifyDue } from "@/lib/delivery/verify/verify";
import { findPhoneToLookUp, lookUpForLeads } from "@/lib/known-clients/look-up-next";
import { listFindings } from "@/lib/published-mapping/queries";
import { findQueueStop } from "@/lib/queue/halt";
import { isSilent } from "@/lib/rate-limit/lanes";
import { type InFlight, startTask } from "./in-flight";
import { findOrSeedMapping, probe } from "./probe";

// Enough to use the whole lane when Kommo takes two seconds for an answer.
const MOST_IN_FLIGHT = 12;
// Enough for the slots until the next round. What is claimed can no longer be undone, and lets no newer lead go first.
const MOST_WAITING = 3;
// Reading a large account takes some seconds.
const AHEAD_MS = 10_000;

/**
 * Starts what is due and may run beside what is in flight: batches to send, and one verification. While the queue is halted
 * it probes instead. Answers whether it started anything; the deliveries themselves go on.
 */
export async function startDue(duty: Duty, inFlight: InFlight): Promise<boolean> {
  const { db, now } = duty;
  const queueStop = await findQueueStop(db);
  if (queueStop) return probe(queueStop, duty);
  // What the first lead needs before it can leave is made ready while it is held.
  if (!(await hasDueLeads(db, now() + AHEAD_MS)) || (await isSilent(db, now()))) return false;

  // Before anything is claimed: without a connection nothing would leave, and look as if it might have.
  if (!(await isConnected(db, now))) return false;
  const published = await findOrSeedMapping(db, now);
  if (!published || (await duty.isUpToDate?.(duty)) === false) return false;
  const phone = await findPhoneToLookUp(duty);
  if (phone !== undefined)
    startTask("look-up", () => lookUpForLeads(phone, requireBoundConnection, duty), inFlight);
  const payload = { published, drift: await listFindings(db) };
  // A claim that finds nothing is a transaction for nothing.
  if (await hasDueLeads(db, now(), TO_VERIFY))
    startTask("verification", () => verifyDue(published, duty), inFlight);
  return startBatches(payload, duty, inFlight);
}

async function startBatches(payload: Payload, duty: Duty, inFlight: InFlight): Promise<boolean> {
  let hasStarted = false;
  const { batches, waiting, failures } = inFlight;
  // A desk that stops puts back what it claims, which is then due again.
  const mayStart = () =>
    !duty.stopping?.aborted && batches.size < MOST_IN_FLIGHT && waiting.size < MOST_WAITING;
  // A queue that is halted meanwhile puts back what is claimed, which is due again at once: the next round looks for that.
  let triesLeft = MOST_IN_FLIGHT;
  while (triesLeft-- > 0 && mayStart() && (await hasDueLeads(duty.db, duty.now(), TO_SEND))) {
    const claimed = await claimBatch(duty);
    if (claimed.length === 0) return hasStarted;
    hasStarted = true;
    const batch = waitInLine(waiting, (onSlot) => send(claimed, payload, { ...duty, onSlot }))
      .catch((error) => void failures.push(error))
      .finally(() => batches.delete(batch));
    batches.set(
      batch,
      claimed.map(({ id }) => id),
    );
  }
  return hasStarted;
}

/** One batch at a time asks for a slot: among several that ask, one can miss each slot for as long as others come. */
async function waitInLine(
  waiting: InFlight["waiting"],
  run: (onSlot: () => void) => Promise<void>,
): Promise<void> {
  const before = [...waiting].at(-1);
  const { promise: leaves, resolve } = Promise.withResolvers<void>();
  waiting.add(leaves);
  const onSlot = () => {
    waiting.delete(leaves);
    resolve();
  };
  await before;
  await run(onSlot).finally(onSlot);
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
