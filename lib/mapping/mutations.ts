import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import type { Mapping } from "./schema";

/** Keeps the mapping that stands already: of two processes that start at once, the first one seeds it. */
export async function saveFirstMapping(mapping: Mapping, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db
    .insertInto("mappings")
    .values({ version: 1, body: JSON.stringify(mapping), published_at: now })
    .onConflict((conflict) => conflict.column("version").doNothing())
    .execute();
}
