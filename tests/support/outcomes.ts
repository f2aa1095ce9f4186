import { bindAccount } from "@/lib/account/bind-account";
import { fetchCatalogue } from "@/lib/account/fetch-catalogue";
import { saveCatalogue } from "@/lib/account/mutations";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import { send } from "@/lib/kommo/send";
import { lookAtOutcomes } from "@/lib/outcomes/look";
import { freeSlot } from "./slots";

/** Requests that need not wait for their slots. */
export const UNPACED = { takeSlot: freeSlot, transport: send };

/** Knows the stages of the practice account, and has asked about its filters. */
export async function prepareLooks(db: Db, now: () => number): Promise<void> {
  const connection = await getConnection(db);
  const catalogue = await fetchCatalogue({ slot: freeSlot, connection }, now);
  await bindAccount(catalogue.account.id, connection, db);
  await saveCatalogue(catalogue, [], db, now());
  const asked = { account_id: catalogue.account.id, filters: "on", filters_at: now() };
  await db.updateTable("outcome_reading").set(asked).execute();
}

/** As if a minute had passed since the last look. */
export async function lookAgain(db: Db, now: () => number): Promise<void> {
  await db.updateTable("outcome_reading").set({ looked_at: 0, read_at: 0 }).execute();
  await lookAtOutcomes(db, now, { network: UNPACED });
}
