import { z } from "zod";
import { customSchema, type Lead, leadFields } from "@/lib/leads/schema";

const textsSchema = z.partialRecord(z.enum(["id", ...leadFields]), z.string());
const draftSchema = z
  .looseObject({ custom: customSchema.optional() })
  .transform(({ custom, ...texts }) => ({ ...textsSchema.parse(texts), custom }));

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
  const isTyped = Object.values(lead.custom ?? {}).some((value) => value.length > 0);
  return !isTyped && leadFields.every((field) => lead[field] === "");
}

function toKey(personId: string): string {
  return `lead-desk-draft-${personId}`;
}
