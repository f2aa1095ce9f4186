import "server-only";
import { refreshOldCatalogue } from "@/lib/account/refresh-catalogue";
import { keepGrant } from "@/lib/connection/keep-grant";
import { makeProof } from "@/lib/daily-proof/make-proof";
import { pruneProofs } from "@/lib/daily-proof/mutations";
import { proveNightly } from "@/lib/daily-proof/prove-nightly";
import { hasProofToMake } from "@/lib/daily-proof/queries";
import type { Duty } from "@/lib/delivery/duty";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import { readOutcomes } from "@/lib/delivery/read-outcomes";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { pruneIntake } from "@/lib/intake/mutations";
import { pruneLookUps } from "@/lib/known-clients/mutations";
import { deleteOverdueLeads } from "@/lib/privacy/mutations";
import { findQueueStop } from "@/lib/queue/halt";
import { isSilent } from "@/lib/rate-limit/lanes";
import { type InFlight, startTask, toIdsInFlight } from "./in-flight";

const EVERY_MS = 60_000;

let nextAt = EVERY_MS;

/** At the next moment when nothing is due, instead of within a minute. */
export function maintainSoon(): void {
  nextAt = 0;
}

/**
 * Once a minute, when nothing is due: overdue leads and old attempts are deleted. What is read from Kommo is started and
 * goes on beside the deliveries, as it may take minutes: leads that were sent again are watched, outcomes and the catalogue
 * are read, and a connection of OAuth is renewed in time. Answers false: it is no reason for another round at once.
 */
export async function maintain(duty: Duty, inFlight: InFlight): Promise<boolean> {
  await startProof(duty, inFlight);
  if (performance.now() < nextAt) return false;
  nextAt = performance.now() + EVERY_MS;
  const { db, now } = duty;
  await sweepUnfinished(toIdsInFlight(inFlight), duty);
  await deleteOverdueLeads(db, now());
  await pruneIntake(db, now());
  await pruneLookUps(db, now());
  await pruneProofs(db, now());
  await proveNightly(db, now());
  const isQuiet = await isSilent(db, now());
  // A pause of three months would cost the connection.
  if (!isQuiet) startTask("renewal", () => keepGrant(db, now), inFlight);
  if (isQuiet || (await findQueueStop(db))) return false;
  startTask("maintenance", () => readFromKommo(duty), inFlight);
  await pruneAttempts(db, now());
  return false;
}

/** The proof of a day that is due at night, or that a person has asked for just now: that one does not wait for the minute. */
async function startProof({ db, now, network, stopping }: Duty, inFlight: InFlight): Promise<void> {
  if (inFlight.tasks.has("proof of the day") || !(await hasProofToMake(db, now()))) return;
  if ((await findQueueStop(db))?.kind === "halted" || (await isSilent(db, now()))) return;
  startTask("proof of the day", () => makeProof({ db, now, network, stopping }), inFlight);
}

async function readFromKommo({ db, now }: Duty): Promise<void> {
  await watchForTwins(db, now);
  await readOutcomes(db, now);
  await refreshOldCatalogue(db, now);
}
