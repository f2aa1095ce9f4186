import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { requireBoundConnection } from "@/lib/account/bind-account";
import { tellTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import { readClock } from "@/lib/db/clock";
import { hasDueLeads, TO_SEND } from "@/lib/delivery/claim";
import { compareLeads, type EnteredLead } from "@/lib/domain/daily-proof/compare-leads";
import type { LeadState } from "@/lib/domain/lead/states";
import { AppError } from "@/lib/errors";
import type { CallOptions, Network } from "@/lib/kommo/client";
import { locateLeads } from "@/lib/kommo/locate-leads";
import { log } from "@/lib/log";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { findQueueStop } from "@/lib/queue/halt";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { releaseMakerLease, renewMakerLease } from "./maker-lease";
import { claimProof, finishProof, type Making, noteProofProblem, savePortion } from "./making";
import { type Carriers, readCarriers } from "./read-carriers";

const PORTION = 250;
const LOOK_AGAIN_MS = 500;
const RENEW_MS = 60_000;
// A lead that is due for longer waits for something else.
const LONGEST_WAIT_MS = 10 * 60_000;
// Kommo's lists may be late: what arrived just now and is not listed is not missing.
const LISTED_WITHIN_MS = 10 * 60_000;

export type Maker = {
  db: Db;
  now?: () => number;
  network?: Network;
  /** Ends the making between two requests; what was compared stays. */
  stopping?: AbortSignal;
};

/**
 * Makes the next proof that is due, or that of `day`, in portions: a crash costs the portion it was at. Leads go first: while
 * one is due to leave, Kommo is not asked. A failure, even a bug, is noted with the proof and tried again; it never concerns
 * the leads. Answers whether there was one that nobody else is making.
 */
export async function makeProof(maker: Maker, day?: string): Promise<boolean> {
  const { db, now = tellTime, stopping } = maker;
  const making = await claimProof(randomUUID(), db, now(), day);
  if (!making) return false;
  try {
    await compareDay(making, maker);
  } catch (error) {
    if (!stopping?.aborted) await noteFailure(error, making, db, now());
  } finally {
    await releaseMakerLease(making.holder, db);
  }
  return true;
}

async function noteFailure(error: unknown, making: Making, db: Db, now: number): Promise<void> {
  const code = error instanceof AppError ? error.code : "bug";
  // Another process has taken it over.
  if (code === "lease_lost") return;
  log.warn(
    { code, day: making.day, ...(code === "bug" && { err: error }) },
    "the proof of a day is not finished",
  );
  await noteProofProblem(making, code, db, now);
  // What is only nice to know must not halt the queue.
  if (error instanceof AppError && error.kind !== "connection")
    await adjustToAnswer(error, undefined, db, now);
}

async function compareDay(making: Making, maker: Maker): Promise<void> {
  const { db, now = tellTime } = maker;
  const options = await toPatient(making, maker);
  const carriers = await readCarriers(making, options, db);
  let { cursor } = making;
  for (;;) {
    const leads = await listEntered({ ...making, cursor }, db, now());
    const last = leads.at(-1);
    if (!last) break;
    cursor = `${last.createdAt}_${last.id}`;
    const compared = compareLeads(leads, await lookFor(leads, carriers, options));
    await savePortion(making, { cursor, ...compared }, db, now());
  }
  await finishProof(making, carriers, db, now());
}

/** The lane of deliveries, in which everything else goes first. */
async function toPatient({ holder }: Making, { db, now = tellTime, network, stopping }: Maker) {
  const leaving = toLeaving(db, now, network, stopping);
  let renewedAt = now();
  const renew = async () => {
    if (now() - renewedAt < RENEW_MS) return;
    await renewMakerLease(holder, db, now());
    renewedAt = now();
  };
  const slot: CallOptions["slot"] = async () => {
    const until = now() + LONGEST_WAIT_MS;
    while (now() < until && (await areLeadsLeaving(db, now()))) {
      await renew();
      await wait(LOOK_AGAIN_MS, undefined, { signal: stopping });
    }
    stopping?.throwIfAborted();
    await renew();
    return leaving.slot();
  };
  const connection = await requireBoundConnection(db, now, network);
  return { ...leaving, slot, signal: stopping, connection };
}

/** Whether leads are due, and a process has the lease to send them. */
async function areLeadsLeaving(db: Db, now: number): Promise<boolean> {
  if (!(await hasDueLeads(db, now, TO_SEND)) || (await findQueueStop(db))) return false;
  const sender = await db.selectFrom("sender").select(["holder", "lease_ends"]).executeTakeFirstOrThrow();
  return sender.holder !== null && sender.lease_ends > (await readClock(db, now));
}

type Listed = EnteredLead & { createdAt: number };

async function listEntered(
  { start, end, cursor }: Pick<Making, "start" | "end" | "cursor">,
  db: Db,
  now: number,
): Promise<Listed[]> {
  const [at = "0", id = ""] = cursor?.split("_") ?? [];
  const rows = await db
    .selectFrom("leads")
    .select(["id", "state", "kommo_lead_id", "twin_id", "created_at", "confirmed_at"])
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .$if(cursor !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb("created_at", ">", Number(at)),
          eb.and([eb("created_at", "=", Number(at)), eb("id", ">", id)]),
        ]),
      ),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(PORTION)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state as LeadState,
    kommoLeadId: row.kommo_lead_id,
    twinId: row.twin_id,
    createdAt: row.created_at,
    isFresh: row.confirmed_at !== null && row.confirmed_at > now - LISTED_WITHIN_MS,
  }));
}

/** Every id is asked for, those of the carriers too: the list they come from is older by now. */
async function lookFor(leads: Listed[], { byLead }: Carriers, options: CallOptions) {
  const ids = leads.flatMap(({ id, kommoLeadId, twinId }) => [
    ...[kommoLeadId, twinId].filter((one) => one !== null),
    ...(byLead.get(id) ?? []),
  ]);
  return { ...(await locateLeads(ids, options)), carriers: byLead };
}
