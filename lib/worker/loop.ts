import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { tellTime } from "@/lib/clock";
import { getDb } from "@/lib/db/client";
import { toDiskFailure } from "@/lib/db/disk";
import { backoffMs } from "@/lib/delivery/backoff";
import type { Duty, SendingsFile } from "@/lib/delivery/duty";
import { createLookBack } from "@/lib/delivery/restore/look-back";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { onDeliverySlot } from "@/lib/rate-limit/take-slot";
import { finish, startDue } from "./dispatch";
import { beat, isBeating, showProgress, showUnread } from "./heartbeat";
import { type InFlight, noneInFlight, toIdsInFlight } from "./in-flight";
import { holdLease, type Lease } from "./lease";
import { maintain } from "./maintenance";

const POLL_MS = 250;
// A round that fails is a bug or a database that is away; health says so meanwhile.
const LONGEST_PAUSE_MS = 60_000;

/** Runs rounds until stopped. `stop` resolves when what was in flight is written down and the lease is given up. */
export function startLoop(sendings?: SendingsFile): { stop(): Promise<void> } {
  const stopping = new AbortController();
  beat();
  onDeliverySlot(showProgress);
  const lease = holdLease({ isAlive: isBeating, lateMs: getEnv().kommo.lateMs, sendings });
  const isUpToDate = createLookBack({ tell: showUnread });
  const toDuty = () => ({ ...toDutyOf(lease), sendings, isUpToDate, stopping: stopping.signal });
  const finished = run(lease, toDuty, stopping.signal).finally(() => lease.release());
  return {
    stop() {
      stopping.abort();
      return finished;
    },
  };
}

async function run(lease: Lease, toDuty: () => Duty, signal: AbortSignal): Promise<void> {
  const inFlight = noneInFlight();
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await round(lease, toDuty, inFlight).catch(toFailure);
    failures = typeof outcome === "string" ? failures + 1 : 0;
    beat(typeof outcome === "string" ? outcome : undefined);

    const pause = failures > 0 ? Math.min(backoffMs(failures), LONGEST_PAUSE_MS) : outcome ? 0 : POLL_MS;
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
  await finish(toDuty(), inFlight).catch(toFailure);
}

async function round(lease: Lease, toDuty: () => Duty, inFlight: InFlight): Promise<boolean> {
  if (!lease.isHeld()) await lease.renew();
  if (!lease.isHeld()) return false;
  const duty = toDuty();
  if (inFlight.failures.length > 0) await handleFailure(duty, inFlight);
  return (await startDue(duty, inFlight)) || maintain(duty, inFlight);
}

function toDutyOf(lease: Lease): Duty {
  const { epoch, uptime, isHeld } = lease;
  const claimed = epoch();
  // What was claimed under one epoch may not leave under the next.
  const mayLeave = () => isHeld() && epoch() === claimed;
  return { db: getDb(), now: tellTime, uptime, lateMs: getEnv().kommo.lateMs, epoch: claimed, mayLeave };
}

/** The leads of a delivery that failed become unconfirmed; the failure is the round's. */
async function handleFailure(duty: Duty, inFlight: InFlight): Promise<void> {
  await sweepUnfinished(toIdsInFlight(inFlight), duty);
  const [first] = inFlight.failures.splice(0);
  throw first;
}

function toFailure(error: unknown): string {
  const code = error instanceof AppError ? error.code : (toDiskFailure(error)?.code ?? "bug");
  log.error({ code, err: error }, "round failed");
  return code;
}
