import { z } from "zod";
import { type Lead, leadFields } from "@/lib/leads/schema";

const draftSchema = z.partialRecord(z.enum(["id", ...leadFields]), z.string());

/** What this person typed in this tab and has not saved, with the lead's id: sent again, it is still the same lead. */
export function readDraft(personId: string): Partial<Lead> {
  try {
    return draftSchema.parse(JSON.parse(sessionStorage.getItem(toKey(personId)) ?? "{}"));
  } catch {
    return {};
  }
}

/** A form without a word in it leaves no draft. */
export function saveDraft(personId: string, lead: Lead): void {
  try {
    if (isEmpty(lead)) sessionStorage.removeItem(toKey(personId));
    else sessionStorage.setItem(toKey(personId), JSON.stringify(lead));
  } catch {
    // A browser that keeps nothing; the form works without.
  }
}

export function isEmpty(lead: Lead): boolean {
  return leadFields.every((field) => lead[field] === "");
}

function toKey(personId: string): string {
  return `lead-desk-draft-${personId}`;
}
