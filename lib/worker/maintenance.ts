import "server-only";
import { pruneStarts } from "@/lib/account/oauth/authorise-at-kommo";
import { refreshOldCatalogue } from "@/lib/account/refresh-catalogue";
import { keepGrant } from "@/lib/connection/keep-grant";
import { makeProof } from "@/lib/daily-proof/make-proof";
import { pruneProofs } from "@/lib/daily-proof/mutations";
import { proveNightly } from "@/lib/daily-proof/prove-nightly";
import { hasProofToMake } from "@/lib/daily-proof/queries";
import type { Duty } from "@/lib/delivery/duty";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { pruneIntake } from "@/lib/intake/mutations";
import { pruneLookUps } from "@/lib/known-clients/mutations";
import { log } from "@/lib/log";
import { lookAtOutcomes } from "@/lib/outcomes/look";
import { isLookDue } from "@/lib/outcomes/reading-state";
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

// A hook may have come at any moment; several rounds pass in a second.
const OUTCOMES_EVERY_MS = 1000;

let outcomesAt = 0;

/** When nothing is due: looks what became of leads, if it is time. It never makes a lead wait, as it goes on beside. */
async function startLook({ db, now, network, stopping }: Duty, inFlight: InFlight): Promise<void> {
  if (performance.now() < outcomesAt) return;
  outcomesAt = performance.now() + OUTCOMES_EVERY_MS;
  if (!(await isLookDue(db, now())) || (await isSilent(db, now()))) return;
  // A person who pauses the queue stops leads from leaving, not from being looked at.
  if ((await findQueueStop(db))?.kind === "halted") return;
  // A failure here must not make the rounds pause, which deliver.
  const look = () =>
    lookAtOutcomes(db, now, { network, stopping }).catch((err) =>
      log.error({ err }, "looking at outcomes failed"),
    );
  startTask("outcomes", look, inFlight);
}

/**
 * Once a minute, when nothing is due: overdue leads, old attempts and keys that nobody uses are deleted. What is read from Kommo is started and
 * goes on beside the deliveries, as it may take minutes: leads that were sent again are watched, the catalogue is read, and
 * a connection of OAuth is renewed in time. Answers false: it is no reason for another round at once.
 */
export async function maintain(duty: Duty, inFlight: InFlight): Promise<boolean> {
  await startLook(duty, inFlight);
  await startProof(duty, inFlight);
  if (performance.now() < nextAt) return false;
  nextAt = performance.now() + EVERY_MS;
  const { db, now } = duty;
  await sweepUnfinished(toIdsInFlight(inFlight), duty);
  await deleteOverdueLeads(db, now());
  await pruneIntake(db, now());
  await pruneLookUps(db, now());
  await pruneProofs(db, now());
  await pruneStarts(db, now());
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
  await refreshOldCatalogue(db, now);
}
