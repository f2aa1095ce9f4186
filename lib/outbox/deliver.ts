import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import { type Arrival, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { IncomingLead } from "@/lib/kommo/schema";
import type { PublishedMapping } from "@/lib/mapping/queries";
import { toIncomingLead } from "@/lib/mapping/to-incoming-lead";
import { takeTurn } from "./budget";
import { type ClaimedLead, renewClaims } from "./claim";
import { isReadable, judge } from "./judge";
import { react } from "./react";
import { type Attempt, recordAttempt, recordVerdicts } from "./record";

export type Send = (items: IncomingLead[], options: CallOptions) => Promise<Map<string, Arrival>>;

export type Delivery = {
  published: PublishedMapping;
  /** Asked before the bytes leave: false for a sender that has lost its lease. */
  mayLeave: () => boolean;
  db?: Db;
  now?: () => number;
  send?: Send;
};

/**
 * Posts the claimed leads in one request and writes down what became of each (product.md §4). A refusal that does not
 * name the guilty makes the batch go again in halves. A failure that is not an AppError is a bug: it is thrown, and the
 * leads are left to their lease.
 */
export async function deliver(leads: ClaimedLead[], delivery: Delivery): Promise<void> {
  const { published, mayLeave, db = getDb(), now = Date.now, send = sendIncomingLeads } = delivery;
  const { appUrl } = getEnv();
  const items = new Map(
    leads.map((lead) => {
      const page = `${appUrl}/leads/${lead.id}`;
      return [lead.id, toIncomingLead({ ...lead, page }, published.mapping)];
    }),
  );

  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const turn = () => takeTurn(db, now);
  const result = await send([...items.values()], { turn, mayLeave, record }).catch(keepForeseen);
  const outcome: Attempt["outcome"] =
    result instanceof AppError
      ? result.code
      : leads.every(({ id }) => result.has(id))
        ? "confirmed"
        : "unclear";
  const attempt = exchange && { exchange, outcome, requests: items };
  await react(outcome, exchange, db, now());

  if (result instanceof AppError && result.code === "refused" && leads.length > 1) {
    if (!isReadable(result, [...items.keys()])) {
      await recordAttempt(attempt, db);
      return deliverHalves(leads, { ...delivery, db, now });
    }
  }
  const isAlone = leads.length === 1;
  const judged = leads.map((lead) => ({ lead, verdict: judge({ ...lead, isAlone }, result, now()) }));
  await recordVerdicts({ attempt, judged, published, items, now: now() }, db);
}

async function deliverHalves(leads: ClaimedLead[], delivery: Delivery): Promise<void> {
  const middle = Math.ceil(leads.length / 2);
  for (const half of [leads.slice(0, middle), leads.slice(middle)]) {
    const ours = await renewClaims(half, delivery.db, delivery.now?.());
    if (ours.length > 0) await deliver(ours, delivery);
  }
}

function keepForeseen(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
