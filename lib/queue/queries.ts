import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { findStandstill } from "./halt";
import type { Standstill } from "./schema";

/** For the band on every page: null while leads leave. */
export async function getStandstill(db: Db = getDb()): Promise<Standstill | null> {
  return (await findStandstill(db)) ?? null;
}
