import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findMainPipelineId, listFields } from "@/lib/kommo/catalogue";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { findMapping, type PublishedMapping } from "@/lib/mapping/queries";
import { mappingSchema } from "@/lib/mapping/schema";
import { suggest } from "@/lib/mapping/suggest";

/**
 * The first mapping: ids from the settings, the rest from the account's own fields by code and name. Afterwards the
 * one in the database stands. Throws what callKommo throws while Kommo cannot be asked; no lead leaves before.
 */
export async function seedMapping(db: Db = getDb()): Promise<PublishedMapping> {
  const { fieldIds, pipelineId } = getEnv().kommo;
  const account = { contacts: await listFields("contacts"), leads: await listFields("leads") };
  const mapping = mappingSchema.parse({
    pipelineId: pipelineId ?? (await findMainPipelineId()),
    fields: suggest(account, fieldIds),
  });
  await saveFirstMapping(mapping, db);

  const saved = await findMapping(db);
  if (!saved) throw new AppError("no_mapping");
  return saved;
}
