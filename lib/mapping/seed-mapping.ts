import "server-only";
import { findCatalogue } from "@/lib/account/queries";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { type Db, getDb } from "@/lib/db/client";
import { choosePipeline } from "@/lib/domain/mapping/choose-pipeline";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findMapping, type PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { saveFirstMapping } from "./mutations";
import { toFirstMapping } from "./to-first-mapping";

/**
 * The first mapping: ids from the settings, the rest from the account's own fields by code and name; afterwards the one
 * in the database stands. No lead leaves before. Answers undefined when Kommo refuses the connection, or has no pipeline
 * that takes incoming leads: the queue rests then. Throws what else callKommo throws.
 */
export async function seedMapping(
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<PublishedMapping | undefined> {
  const { kommo, holdMs, defaultCountry } = getEnv();
  const given = { ...kommo, defaultCountry, holdSeconds: holdMs / 1000 };
  try {
    const known = await findCatalogue(db);
    if (!known || !choosePipeline(known)) await refreshCatalogue(db, now);
    const catalogue = await findCatalogue(db);
    if (catalogue) await saveFirstMapping(toFirstMapping(catalogue, given), db, now());
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "connection") throw error;
    // Of what Kommo itself refused the refresh has told already.
    if (error.code === "no_pipeline") await adjustToAnswer(error, undefined, db, now());
    return undefined;
  }
  return findMapping(db);
}
