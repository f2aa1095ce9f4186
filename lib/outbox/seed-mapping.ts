import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findMainPipelineId, listFields } from "@/lib/kommo/catalogue";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { findMapping, type PublishedMapping } from "@/lib/mapping/queries";
import { mappingSchema } from "@/lib/mapping/schema";
import { suggest } from "@/lib/mapping/suggest";
import { takeTurn } from "./budget";
import { react } from "./react";

/**
 * The first mapping: ids from the settings, the rest from the account's own fields by code and name; afterwards the one
 * in the database stands. No lead leaves before. Answers undefined when Kommo refuses the
 * connection: the queue rests then. Throws what else callKommo throws.
 */
export async function seedMapping(
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<PublishedMapping | undefined> {
  const { fieldIds, pipelineId } = getEnv().kommo;
  const options = { turn: () => takeTurn(db, now) };
  try {
    const account = {
      contacts: await listFields("contacts", options),
      leads: await listFields("leads", options),
    };
    const mapping = mappingSchema.parse({
      pipelineId: pipelineId ?? (await findMainPipelineId(options)),
      fields: suggest(account, fieldIds),
    });
    await saveFirstMapping(mapping, db);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await react(error, undefined, db, now());
    if (error.kind !== "connection") throw error;
  }
  return findMapping(db);
}
