import "server-only";
import { type Db, lockRows } from "@/lib/db/client";
import type { RefusedField } from "@/lib/domain/lead/schema";
import { type Blocker, findBlockers, toTargetValues } from "@/lib/domain/mapping/payload/to-target-values";
import { type Finding, type Mapping, mappableFields } from "@/lib/domain/mapping/schema";
import { UNATTACHED } from "@/lib/known-clients/mutations";
import { moveLeads } from "@/lib/leads/transitions";
import { giveBackTurns, UNDECIDED } from "@/lib/published-routing/mutations";
import type { ClaimedLead } from "./claim";
import type { Duty } from "./duty";

/**
 * Of the claimed leads those that can go to Kommo as it is now; the others wait for the admin, until a publishing or a
 * refresh lets them try again. What a lead's own field cannot take is written down with it.
 */
export async function setBrokenAside(
  leads: ClaimedLead[],
  mapping: Mapping,
  drift: Finding[],
  duty: Duty,
): Promise<ClaimedLead[]> {
  const sendable: ClaimedLead[] = [];
  for (const lead of leads) {
    const blockers = findBlockers(lead, mapping, drift);
    if (blockers.length > 0) await keepForAdmin(lead, blockers, duty);
    else {
      await noteFallback(lead, toTargetValues(lead, mapping, drift).fallbackValues, duty.db);
      sendable.push(lead);
    }
  }
  return sendable;
}

/** Who gets a lead that has never left is decided when it leaves. */
async function keepForAdmin(lead: ClaimedLead, blockers: Blocker[], { db, epoch }: Duty): Promise<void> {
  const detail = JSON.stringify(blockers.map(toRefused));
  const undecided = lead.sentAt === null && { ...UNDECIDED, ...UNATTACHED };
  await db.transaction().execute(async (tx) => {
    const query = tx
      .selectFrom("leads")
      .select(["route", "route_refused_at"])
      .where("id", "=", lead.id)
      .where("state", "=", "sending")
      .where("claim_epoch", "=", epoch);
    const decided = await lockRows(tx, query).execute();
    await moveLeads("ask_admin", { problem: "mapping_broken", problem_detail: detail, ...undecided }, tx)
      .where("id", "=", lead.id)
      .where("claim_epoch", "=", epoch)
      .execute();
    if (undecided) await giveBackTurns(decided, tx);
  });
}

/** Which field, and whether Kommo gets the value elsewhere; the value itself stands in the lead. */
async function noteFallback(
  lead: ClaimedLead,
  parked: { place: string; isSent: boolean; isCut?: true }[],
  db: Db,
): Promise<void> {
  const notes = parked.map(({ place, isSent, isCut }) => ({ place, isSent, isCut }));
  const note = notes.length === 0 ? null : JSON.stringify(notes);
  if (note === lead.parked) return;
  await db.updateTable("leads").set({ parked: note }).where("id", "=", lead.id).execute();
}

function toRefused({ kind, place }: Blocker): RefusedField {
  const field = mappableFields.find((known) => known === place) ?? null;
  return { field, ...(field === null && place !== "pipeline" && { key: place }), code: kind, path: place };
}
