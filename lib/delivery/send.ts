import "server-only";
import { getConnection } from "@/lib/connection/queries";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { fitsComplex, toComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { findReferenceField, toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import type { Finding } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError, keepForeseen } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import { sendComplexLeads } from "@/lib/kommo/complex-leads";
import { type Arrival, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { Slot } from "@/lib/kommo/send";
import type { PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { findQueueStop } from "@/lib/queue/halt";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { adjustBatchLimit } from "./batch-limit";
import { type ClaimedLead, startSending, unclaim } from "./claim";
import { LEAVES_WITHIN_MS } from "./constants";
import { decideBatch, type Result } from "./decide";
import type { Duty } from "./duty";
import { type Attempt, recordDecisions } from "./record";

export type Send = (items: IncomingLead[], options: CallOptions) => Promise<Map<string, Arrival>>;

export type Payload = {
  published: PublishedMapping;
  /** What has changed in Kommo since the mapping was published. */
  drift?: Finding[];
};

/**
 * Posts the claimed leads in one request and writes down what becomes of each. A failure that is not an AppError is a bug:
 * it is thrown, and the leads stay *sending* until a sweep makes them unconfirmed.
 */
export async function sendBatch(
  claimed: ClaimedLead[],
  { published, drift = [] }: Payload,
  duty: Duty,
  send?: Send,
): Promise<void> {
  const { db, now, uptime, lateMs, mayLeave, random, network, stopping } = duty;
  const leaving = toLeaving(db, now, network, stopping);
  const slot = await leaving.slot().catch((error) => {
    if (!stopping?.aborted) throw error;
  });
  if (!slot) return unclaim(claimed, duty.epoch, db);
  duty.onSlot?.();
  // The wait may have been long, and the token replaced.
  const connection = await getConnection(db, now);
  const startedAt = uptime();
  const reference = findReferenceField(published.mapping, drift) ?? null;
  const leads = await startSending(claimed, { version: published.version, reference, connection }, duty);
  if (leads.length === 0) return;

  const items = toItems(leads, published, drift);
  const exchanges: Exchange[] = [];
  const way = toWay([...items.values()]);
  const result = await (send ?? way.send)([...items.values()], {
    ...leaving,
    slot: toSlots(slot, leaving.slot, duty),
    connection,
    mayLeave: () => mayLeave() && uptime() - startedAt < LEAVES_WITHIN_MS,
    stopping,
    record: (passed) => {
      exchanges.push(passed);
    },
  }).catch(keepForeseen);

  const decisions = decideBatch(leads, result, { now: now(), uptime: uptime(), lateMs }, random);
  const outcome = toOutcome(result, leads);
  const requests = new Map([...items].map(([id, item]) => [id, way.toSent(item)]));
  const exchange = exchanges.pop();
  const attempt = exchange && { exchange, outcome, requests };
  // Refused for its token or its address alone, which was renewed: the same sending went on.
  const before = exchanges.map((passed) => ({
    exchange: passed,
    outcome: toOutcomeBefore(passed),
    requests,
  }));
  await recordDecisions({ attempt, before, leads, decisions, published, items }, duty);
  await adjustBatchLimit(outcome, decisions, duty);
  await adjustToAnswer(result instanceof AppError ? result : outcome, exchange, db, now(), "sending");
}

type Way = { send: Send; toSent: (item: IncomingLead) => unknown };

const FORMS: Way = { send: sendIncomingLeads, toSent: (item) => item };
const COMPLEX: Way = {
  send: (items, options) => sendComplexLeads(items.map(toComplexLead), options),
  toSent: toComplexLead,
};

/** A batch with a lead of more values than /leads/complex takes goes as ever: without duplicate control, and whole. */
function toWay(items: IncomingLead[]): Way {
  return getEnv().kommo.allowsComplex && items.every(fitsComplex) ? COMPLEX : FORMS;
}

/**
 * The slot that was waited for; a request that is repeated needs one of its own, which a desk that stops does not get, nor one
 * whose queue was paused or halted meanwhile.
 */
function toSlots(
  first: Slot,
  next: () => Promise<Slot>,
  { db, stopping }: Pick<Duty, "db" | "stopping">,
): () => Promise<Slot> {
  let isTaken = false;
  return async () => {
    if (!isTaken) {
      isTaken = true;
      return first;
    }
    const slot = await next().catch((cause) => {
      throw stopping?.aborted ? new AppError("lease_lost", { cause }) : cause;
    });
    if (await findQueueStop(db)) throw new AppError("lease_lost");
    return slot;
  };
}

/** Of a request that was repeated: Kommo has refused the token, or knew no account at the address. */
function toOutcomeBefore({ status }: Exchange): Attempt["outcome"] {
  return status === 404 ? "account_missing" : "token_refused";
}

function toItems(
  leads: ClaimedLead[],
  { mapping }: PublishedMapping,
  drift: Finding[],
): Map<string, IncomingLead> {
  const { appUrl } = getEnv();
  return new Map(
    leads.map((lead) => {
      const page = `${appUrl}/leads/${lead.id}`;
      return [lead.id, toIncomingLead({ ...lead, page }, mapping, drift)];
    }),
  );
}

function toOutcome(result: Result, leads: ClaimedLead[]): Attempt["outcome"] {
  if (result instanceof AppError) return result.code;
  return leads.every(({ id }) => result.has(id)) ? "confirmed" : "unclear";
}
