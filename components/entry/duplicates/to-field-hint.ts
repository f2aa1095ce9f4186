import type { LeadField } from "@/lib/domain/lead/fields";
import type { Duplicates, KommoContacts, Lead } from "@/lib/domain/lead/schema";

type Match = Duplicates["matches"][number];

/** Where a match is shown: the fields of contacts, and the name's second one. */
export const hintedFields: readonly LeadField[] = ["phone", "surname", "telegram", "email"];

export type Found = {
  /** As it was when it was looked for; a new object for each change of its words. */
  lead: Pick<Lead, "id" | "phone" | "telegram" | "email">;
  matches: Match[];
  contacts: KommoContacts["contacts"];
  wasErased: boolean;
  isCapped: boolean;
  isKommoSilent: boolean;
};

/** What stands under this field. `isFirst`: it is the most telling one, which the shortcut and the question belong to. */
export function toFieldHint(field: LeadField, { lead, ...found }: Found) {
  const matches = found.matches.filter((match) => toField(match) === field);
  const first = found.matches.find(({ strength }) => strength === "exact") ?? found.matches[0];
  const filled = (["phone", "telegram", "email"] as const).find((contact) => lead[contact] !== "");
  return {
    matches,
    isFirst: first !== undefined && toField(first) === field,
    isExact: matches.some(({ strength }) => strength === "exact"),
    contacts: field === "phone" ? found.contacts : [],
    isKommoSilent: field === "phone" && found.isKommoSilent,
    wasErased: field === filled && found.wasErased,
    isCapped: field === filled && found.isCapped,
  };
}

/** A namesake needs both names, and the second is typed last. */
function toField({ by }: Match): LeadField {
  return by === "name" ? "surname" : by;
}
