import "server-only";
import type { Db } from "@/lib/db/client";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { completeMapping, isBare } from "@/lib/domain/mapping/to-first-mapping";
import { findMapping, type PublishedMapping } from "./queries";

/**
 * The first mapping can be made from the settings before Kommo was read. The first reading gives it the names, types and
 * options of its fields, from which later drift is told, and the fields that the settings leave out. Nobody has published
 * anything meanwhile, so it stays version 1.
 */
export async function completeFirstMapping(
  catalogue: Catalogue,
  tx: Db,
): Promise<PublishedMapping | undefined> {
  const published = await findMapping(tx);
  if (published?.version !== 1 || !isBare(published.mapping)) return published;
  const mapping = completeMapping(published.mapping, catalogue);
  await tx
    .updateTable("mappings")
    .set({ body: JSON.stringify(mapping) })
    .where("version", "=", 1)
    .where("published_by", "is", null)
    .execute();
  return { version: 1, mapping };
}
