import "server-only";
import { verifyAccount } from "@/lib/account/bind-account";
import { findCatalogue } from "@/lib/account/queries";
import type { Db } from "@/lib/db/client";
import type { Duty } from "@/lib/delivery/duty";
import { AppError } from "@/lib/errors";
import { findAskedBy } from "@/lib/kommo/asked-by";
import { seedMapping } from "@/lib/mapping/seed-mapping";
import { findMapping, type PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { haltQueue, resumeAfterProbe } from "@/lib/queue/halt";
import type { StoredStop } from "@/lib/queue/schema";
import { isSilent } from "@/lib/rate-limit/lanes";
import { maintainSoon } from "./maintenance";

/** While Kommo refuses the connection: asks from time to time whether it is good again. Answers true when it is. */
export async function probe(
  queueStop: StoredStop,
  { db, now, network }: Pick<Duty, "db" | "now" | "network">,
): Promise<boolean> {
  if (queueStop.kind === "paused" || queueStop.probeAt > now()) return false;
  if (await isSilent(db, now())) return false;
  try {
    await verifyAccount(db, now, network).catch((error) => noteFailure(error, db, now));
    if (!(await findOrSeedMapping(db, now))) return false;
    await resumeAfterProbe(db);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind !== "connection")
      await haltQueue(queueStop.code, db, now(), "reading", findAskedBy(error));
    return false;
  }
}

/** The queue heeds it; what reads the mapping does so itself. */
async function noteFailure(error: unknown, db: Db, now: () => number): Promise<never> {
  if (error instanceof AppError) await adjustToAnswer(error, undefined, db, now());
  throw error;
}

/** The published mapping. The first one may come from the settings alone: then the catalogue is compared with it soon. */
export async function findOrSeedMapping(db: Db, now: () => number): Promise<PublishedMapping | undefined> {
  const published = await findMapping(db);
  if (published) return published;
  const seeded = await seedMapping(db, now);
  if (!(await findCatalogue(db))) maintainSoon();
  return seeded;
}
