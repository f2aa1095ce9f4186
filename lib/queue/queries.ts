import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { findQueueStop } from "./halt";
import type { QueueStop } from "./schema";

/** For the band on every page: null while leads leave. */
export async function getQueueStop(db: Db = getDb()): Promise<QueueStop | null> {
  return (await findQueueStop(db)) ?? null;
}
