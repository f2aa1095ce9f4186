import type { Db } from "@/lib/db/client";
import { findLead } from "@/lib/leads/queries";

/** The lead of any author. The test expects that it exists. */
export async function readLead(id: string, db: Db) {
  const lead = await findLead(id, {}, db);
  if (!lead) throw new Error(`there is no lead ${id}`);
  return lead;
}
