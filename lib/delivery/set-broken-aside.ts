import "server-only";
import type { Db } from "@/lib/db/client";
import type { RefusedField } from "@/lib/domain/lead/schema";
import { findBlockers, toTargetValues } from "@/lib/domain/mapping/payload/to-target-values";
import { type Finding, type Mapping, mappableFields } from "@/lib/domain/mapping/schema";
import { moveLeads } from "@/lib/leads/transitions";
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

async function keepForAdmin(lead: ClaimedLead, blockers: Finding[], { db, epoch }: Duty): Promise<void> {
  const detail = JSON.stringify(blockers.map(toRefused));
  await moveLeads("ask_admin", { problem: "mapping_broken", problem_detail: detail }, db)
    .where("id", "=", lead.id)
    .where("claim_epoch", "=", epoch)
    .execute();
}

/** Which field, and whether Kommo gets the value elsewhere; the value itself stands in the lead. */
async function noteFallback(
  lead: ClaimedLead,
  parked: { place: string; isSent: boolean }[],
  db: Db,
): Promise<void> {
  const note =
    parked.length === 0 ? null : JSON.stringify(parked.map(({ place, isSent }) => ({ place, isSent })));
  if (note === lead.parked) return;
  await db.updateTable("leads").set({ parked: note }).where("id", "=", lead.id).execute();
}

function toRefused({ kind, place }: Finding): RefusedField {
  const field = mappableFields.find((known) => known === place) ?? null;
  return { field, ...(field === null && place !== "pipeline" && { key: place }), code: kind, path: place };
}
