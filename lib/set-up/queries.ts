import "server-only";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { isPractice } from "@/lib/env";
import { listPeople } from "@/lib/people/queries";
import { findForm, findMapping } from "@/lib/published-mapping/queries";
import type { SetUpStep } from "./schema";

/** What an admin does first, in this order, and whether it is done. Undefined once all of it is. */
export async function listSetUpSteps(
  db: Db = getDb(),
  connectedTo?: string,
): Promise<SetUpStep[] | undefined> {
  const kommoUrl = connectedTo ?? (await findKommoUrl(db));
  const form = await findForm(db);
  const steps: SetUpStep[] = [
    { name: "connect", isDone: kommoUrl !== undefined && !isPractice(kommoUrl) },
    { name: "publish", isDone: (await findMapping(db)) !== undefined },
    { name: "sources", isDone: (form?.sources.length ?? 0) > 0 || (await hasLead("source", db)) },
    { name: "invite", isDone: (await listPeople(db)).length > 1 },
    { name: "try", isDone: await hasLead("confirmed_at", db) },
  ];
  return steps.every(({ isDone }) => isDone) ? undefined : steps;
}

async function hasLead(column: "source" | "confirmed_at", db: Db): Promise<boolean> {
  const lead = await db.selectFrom("leads").select("id").where(column, "is not", null).limit(1).execute();
  return lead.length > 0;
}
