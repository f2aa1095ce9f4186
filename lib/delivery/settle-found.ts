import "server-only";
import { tellTime } from "@/lib/clock";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { locateLeads } from "@/lib/kommo/locate-leads";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { decideEach, settleLead } from "./mutations";
import type { Settlement, Unchanged } from "./schema";

/**
 * "They are there": Kommo is asked for the ids before a lead is called confirmed. Answers the leads that stay as they are,
 * because Kommo has no lead of that id, not even in its trash, or settleLead throws. Throws `invalid` with the sentence of the
 * field when Kommo cannot be asked.
 */
export async function settleFound(
  settlements: Settlement[],
  personId: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<Unchanged[]> {
  const ids = settlements.map(({ kommoLeadId }) => kommoLeadId);
  const known = await listKnown([...new Set(ids)], db, now);
  return decideEach(settlements, async (settlement) => {
    if (!known.has(settlement.kommoLeadId)) {
      throw new AppError("invalid", { fields: { kommoLeadId: "id_unknown" } });
    }
    await settleLead(settlement, personId, db, now());
  });
}

async function listKnown(ids: number[], db: Db, now: () => number): Promise<Set<number>> {
  try {
    const connection = await getConnection(db);
    const options = { slot: () => takeSlot({ lane: "people", db, now }), connection };
    const { standing, trashed } = await locateLeads(ids, options);
    return new Set([...standing, ...trashed]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    throw new AppError("invalid", { fields: { kommoLeadId: "kommo_silent" }, cause: error });
  }
}
