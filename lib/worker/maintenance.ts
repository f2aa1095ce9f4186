import "server-only";
import { refreshOldCatalogue } from "@/lib/account/refresh-catalogue";
import type { Duty } from "@/lib/delivery/duty";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import { readOutcomes } from "@/lib/delivery/read-outcomes";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { deleteOverdueLeads } from "@/lib/privacy/mutations";
import { findQueueStop } from "@/lib/queue/halt";
import { findPause } from "@/lib/rate-limit/lanes";

const EVERY_MS = 60_000;
// While Kommo asks for a longer silence, nothing is read from it.
const SHORT_PAUSE_MS = 1500;

let nextAt = EVERY_MS;

/** At the next moment when nothing is due, instead of within a minute. */
export function maintainSoon(): void {
  nextAt = 0;
}

/**
 * Once a minute, when nothing is due: overdue leads and old attempts are deleted, outcomes and the catalogue are read, and
 * leads that were sent again are watched. Answers false: it is no reason for another round at once.
 */
export async function maintain(duty: Duty, inFlight: string[]): Promise<boolean> {
  if (performance.now() < nextAt) return false;
  nextAt = performance.now() + EVERY_MS;
  const { db, now } = duty;
  await sweepUnfinished(inFlight, duty);
  await deleteOverdueLeads(db, now());
  if ((await findQueueStop(db)) || (await findPause(db, now())) > SHORT_PAUSE_MS) return false;
  await watchForTwins(db, now);
  await readOutcomes(db, now);
  await refreshOldCatalogue(db, now);
  await pruneAttempts(db, now());
  return false;
}
