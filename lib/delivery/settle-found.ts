import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { listDeletedById, listLeadsById } from "@/lib/kommo/leads";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { settleLead } from "./mutations";
import type { Settlement } from "./schema";

/**
 * "It is there": Kommo is asked for that id before the lead is called confirmed. Throws `invalid` with the sentence of the
 * field where Kommo has no such lead, nor one in its trash, or cannot be asked, and what settleLead throws.
 */
export async function settleFound(
  settlement: Settlement,
  personId: string,
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<void> {
  if (!(await isInKommo(settlement.kommoLeadId, db, now))) {
    throw new AppError("invalid", { fields: { kommoLeadId: "id_unknown" } });
  }
  await settleLead(settlement, personId, db, now());
}

async function isInKommo(kommoLeadId: number, db: Db, now: () => number): Promise<boolean> {
  try {
    const connection = await getConnection(db);
    const options = { slot: () => takeSlot({ lane: "people", db, now }), connection };
    const isIt = ({ id }: { id: number }) => id === kommoLeadId;
    if ((await listLeadsById([kommoLeadId], options)).some(isIt)) return true;
    return (await listDeletedById([kommoLeadId], options)).some(isIt);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    throw new AppError("invalid", { fields: { kommoLeadId: "kommo_silent" }, cause: error });
  }
}
