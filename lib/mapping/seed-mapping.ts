import "server-only";
import { saveFindings } from "@/lib/account/mutations";
import { findCatalogue } from "@/lib/account/queries";
import { readPipelines, refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { lockConnection, lockInForce } from "@/lib/connection/lock-in-force";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { isEnough, toFirstMapping, toGivenMapping } from "@/lib/domain/mapping/to-first-mapping";
import { getEnv, isPractice } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findMapping, type PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { saveFirstMapping } from "./mutations";

type Given = Parameters<typeof toFirstMapping>[1];

/**
 * The first mapping; afterwards the one in the database stands. No lead leaves before. Settings that name every vital field
 * are enough: the catalogue is read later, and completes it. For the practice account, what they leave out is found by code
 * and name. Otherwise an admin publishes, and the answer is undefined. So it is when Kommo refuses the connection, or has no pipeline that takes incoming
 * leads: the queue is halted then. Throws what else readPage throws.
 */
export async function seedMapping(
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<PublishedMapping | undefined> {
  const { kommo, holdMs, defaultCountry } = getEnv();
  const given = { ...kommo, defaultCountry, holdSeconds: holdMs / 1000 };
  try {
    if (!isEnough(given) && !isPractice((await getConnection(db, now)).baseUrl)) return undefined;
    const isKnown = (await findCatalogue(db)) !== undefined;
    if (!isKnown && isEnough(given)) await seedFromSettings(given, db, now);
    else await seedFromCatalogue(given, db, now);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Whatever connection is in force by now is asked in the next round.
    if (error.code === "changed_meanwhile") return undefined;
    if (error.kind !== "connection") throw error;
    // What Kommo itself refused has halted the queue already.
    if (error.code === "no_pipeline") await adjustToAnswer(error, undefined, db, now());
    return undefined;
  }
  return findMapping(db);
}

async function seedFromSettings(given: Given, db: Db, now: () => number): Promise<void> {
  if (given.pipelineId !== undefined)
    return saveFirstMapping(toGivenMapping(given.pipelineId, given), db, now());
  const { asked, ...read } = await readPipelines(db, now);
  await db.transaction().execute(async (tx) => {
    // The pipelines of an account that has been replaced meanwhile are not those of this one.
    if (!(await lockInForce(asked, tx))) return;
    const pipelineId = choosePipeline(read)?.id;
    if (pipelineId === undefined) throw new AppError("no_pipeline");
    await saveFirstMapping(toGivenMapping(pipelineId, given), tx, now());
  });
}

async function seedFromCatalogue(given: Given, db: Db, now: () => number): Promise<void> {
  const known = await findCatalogue(db);
  if (!known || !choosePipeline(known)) await refreshCatalogue({}, db, now);
  await db.transaction().execute(async (tx) => {
    await lockConnection(tx);
    const catalogue = await findCatalogue(tx);
    if (!catalogue) return;
    const mapping = toFirstMapping(catalogue, given);
    if (!mapping) throw new AppError("no_pipeline");
    await saveFirstMapping(mapping, tx, now());
    await saveFindings(findDrift(mapping, catalogue), tx, now());
  });
}
