import "server-only";
import { requireBoundConnection } from "@/lib/account/bind-account";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { locateLeads } from "@/lib/kommo/locate-leads";
import type { Connection } from "@/lib/kommo/schema";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { excuseForbidden } from "./excuse-forbidden";
import { decideEach, settleLead } from "./mutations";
import type { Settlement, Unchanged } from "./schema";

/**
 * "They are there": Kommo is asked for the ids before a lead is called confirmed. Answers the leads that stay as they are,
 * because Kommo has no lead of that id, not even in its trash, or settleLead throws. Throws `invalid` with the sentence of the
 * field when Kommo cannot be asked, or does not let the token read leads.
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
    if (!known.ids.has(settlement.kommoLeadId)) {
      throw new AppError("invalid", { fields: { kommoLeadId: "id_unknown" } });
    }
    await settleLead(settlement, personId, db, now(), known.asked);
  });
}

type Known = { ids: Set<number>; asked: Connection };

async function listKnown(ids: number[], db: Db, now: () => number): Promise<Known> {
  const { located, asked } = await locate(ids, db, now);
  if (!located) throw new AppError("invalid", { fields: { kommoLeadId: "reading_forbidden" } });
  return { ids: new Set([...located.standing, ...located.trashed]), asked };
}

/** `located`: undefined where the token may not read leads. */
async function locate(ids: number[], db: Db, now: () => number) {
  try {
    const connection = await requireBoundConnection(db, now);
    const asked = { ...connection };
    const options = { slot: () => takeSlot({ lane: "people", db, now }), connection };
    const located = await locateLeads(ids, options).catch((error) => excuseForbidden(error, options));
    return { located, asked };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await adjustToAnswer(error, undefined, db, now());
    throw new AppError("invalid", { fields: { kommoLeadId: "kommo_silent" }, cause: error });
  }
}
