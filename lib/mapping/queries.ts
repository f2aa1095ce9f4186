import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { type Mapping, mappingSchema } from "./schema";

export type PublishedMapping = { version: number; mapping: Mapping };

export async function findMapping(db: Db = getDb()): Promise<PublishedMapping | undefined> {
  const row = await db
    .selectFrom("mappings")
    .select(["version", "body"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { version: row.version, mapping: mappingSchema.parse(JSON.parse(row.body)) };
}
