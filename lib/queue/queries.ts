import "server-only";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { isEnough } from "@/lib/domain/mapping/to-first-mapping";
import { getEnv, isPractice } from "@/lib/env";
import { hasMapping } from "@/lib/published-mapping/queries";
import { findQueueStop } from "./halt";
import type { QueueStop } from "./schema";

/** For the band on every page: null while leads leave. */
export async function getQueueStop(db: Db = getDb()): Promise<QueueStop | null> {
  const stop = await findQueueStop(db);
  return stop ?? ((await isUnmapped(db)) ? { kind: "unmapped" } : null);
}

/** Connected, and waiting for an admin to publish: neither practice nor the settings make the first mapping. */
async function isUnmapped(db: Db): Promise<boolean> {
  if ((await hasMapping(db)) || isEnough(getEnv().kommo)) return false;
  const url = await findKommoUrl(db);
  return url !== undefined && !isPractice(url);
}
