import "server-only";
import type { Db } from "@/lib/db/client";
import { insertAsked } from "./mutations";
import { listDaysToProve } from "./queries";

/** Asks for the proofs that are due at night; the worker makes them when no lead is due. */
export async function proveNightly(db: Db, now: number): Promise<void> {
  const { days, zone } = await listDaysToProve(db, now);
  await insertAsked(days, zone, db, now);
}
