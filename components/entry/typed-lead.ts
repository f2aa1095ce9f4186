import type { UseFormReturn } from "react-hook-form";
import { newId } from "@/components/ui/new-id";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";

/** One of several people in a paste; each becomes a lead with this id. */
export type Person = { id: string } & Record<PersonField, string>;
export const personFields = ["name", "surname", "phone", "telegram", "email", "comment"] as const;
export type PersonField = (typeof personFields)[number];

/**
 * A lead while it is typed, with what a paste left over, and its other people: nobody else has them, so they must not be lost.
 * `chosen`: the contact of Kommo that its author has chosen for this phone, or a new one.
 */
export type TypedLead = Lead & {
  leftovers?: string[];
  people?: Person[];
  chosen?: { phone: string; contact: number };
};
export type LeadForm = UseFormReturn<TypedLead>;

/** What an input is called in the form and in the server's answer. */
export type InputName = LeadField | `custom.${string}` | "consent_version";

export function toCustomName(key: string): InputName {
  return `custom.${key}`;
}

/** What a new lead starts with: the source of the last lead, and the values of the page's link. */
export type Prefill = Partial<Record<LeadField, string>>;

const empty = Object.fromEntries(leadFields.map((field) => [field, ""])) as Record<LeadField, string>;

/** The id is made here and stays the same through every retry, so however often a lead is sent, it is one lead. */
export function newLead(typed: Partial<TypedLead> = {}): TypedLead {
  return { ...empty, custom: {}, leftovers: [], people: [], id: newId(), ...typed };
}

/** Every field of the form has a value from the start, if an empty one: an input cannot begin without. */
export function withCustom(lead: TypedLead, { custom }: Pick<FormFields, "custom">): TypedLead {
  const blank = custom.map(({ key, kind }) => [key, kind === "multiselect" ? [] : ""] as const);
  return { ...lead, custom: { ...Object.fromEntries(blank), ...lead.custom } };
}

/** True for a form in which nothing is the person's own; leftovers of a paste are. */
export function isEmpty(lead: TypedLead, prefill: Prefill = {}): boolean {
  return !lead.leftovers?.[0] && !lead.people?.[0] && isBlank(lead, prefill);
}

/** True when no field holds anything of the person's own. */
export function isBlank(lead: TypedLead, prefill: Prefill): boolean {
  const isCustom = Object.values(lead.custom ?? {}).some((value) => value.length > 0);
  return !isCustom && leadFields.every((field) => lead[field] === "" || lead[field] === prefill[field]);
}
