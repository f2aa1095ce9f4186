import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { confirmTaken } from "@/lib/delivery/verify/verify";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import type { Finding } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError, keepForeseen } from "@/lib/errors";
import { type CallOptions, type Exchange, REQUEST_TIMEOUT_MS } from "@/lib/kommo/client";
import { type Arrival, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { type ClaimedLead, releaseClaims, startSending } from "./claim";
import { decide, pickRejected, type Result } from "./decide";
import { type Attempt, recordDecisions } from "./record";

export type Send = (items: IncomingLead[], options: CallOptions) => Promise<Map<string, Arrival>>;

export type SendOptions = {
  published: PublishedMapping;
  /** What has changed in Kommo since it was published. */
  drift?: Finding[];
  /** Asked before the bytes leave: false for a sender that has lost its lease. */
  mayLeave: () => boolean;
  db?: Db;
  now?: () => number;
  send?: Send;
};

/**
 * Posts the claimed leads in one request and writes down what became of each. After a refusal those that
 * Kommo took all the same are looked for; where it does not name the rejected, the others go again in halves. A failure
 * that is not an AppError is a bug: it is thrown, and the leads are left to their lease. Answers false when nothing more
 * should be sent now.
 */
export async function deliver(claimed: ClaimedLead[], delivery: SendOptions): Promise<boolean> {
  const {
    published,
    drift = [],
    mayLeave,
    db = getDb(),
    now = Date.now,
    send = sendIncomingLeads,
  } = delivery;
  const slot = await takeSlot({ lane: "delivery", db, now });
  const leads = await startSending(claimed, published.version, db, now());
  const leaseEnds = leads[0]?.leaseEnds;
  if (leaseEnds === undefined) return true;

  const connection = await getConnection(db);
  const items = toItems(leads, published, drift);
  let exchange: Exchange | undefined;
  const result = await send([...items.values()], {
    slot: async () => slot,
    connection,
    mayLeave: () => mayLeave() && now() < leaseEnds - REQUEST_TIMEOUT_MS,
    record: (passed) => {
      exchange = passed;
    },
  }).catch(keepForeseen);

  const outcome = toOutcome(result, leads);
  const attempt = exchange && { exchange, outcome, requests: items };
  const isAlone = leads.length === 1;
  const toDecision = (lead: ClaimedLead) => ({ lead, decision: decide({ ...lead, isAlone }, result, now()) });
  const settle = (settled: ClaimedLead[], attempt?: Attempt) =>
    recordDecisions({ attempt, decided: settled.map(toDecision), published, items, now: now() }, db);
  const refusal = result instanceof AppError && result.code === "refused" && !isAlone ? result : undefined;
  const rejected = refusal && pickRejected(leads, refusal);
  await settle(refusal ? (rejected ?? []) : leads, attempt);
  await adjustToAnswer(result instanceof AppError ? result : outcome, exchange, db, now());
  if (!refusal) return outcome === "confirmed" || outcome === "refused";

  const suspects = leads.filter((lead) => !rejected?.includes(lead));
  const others = await confirmTaken(suspects, db, now);
  if (!rejected) return deliverHalves(others, delivery);
  await settle(others);
  return true;
}

async function deliverHalves(leads: ClaimedLead[], delivery: SendOptions): Promise<boolean> {
  if (leads.length === 0) return false;
  const middle = Math.ceil(leads.length / 2);
  const rest = leads.slice(middle);
  if (await deliver(leads.slice(0, middle), delivery)) return rest.length === 0 || deliver(rest, delivery);
  await releaseClaims(rest, delivery.db);
  return false;
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
