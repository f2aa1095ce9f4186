import { toFullComment } from "@/components/entry/sent-lead";
import { type Person, type PersonField, personFields } from "@/components/entry/typed-lead";
import { newId } from "@/components/ui/new-id";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { readPhone, toCountry } from "@/lib/domain/lead/phone";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { type Paste, type PasteContext, parsePaste } from "@/lib/domain/paste/parse-paste";
import { type People, parsePeople } from "@/lib/domain/paste/parse-people";

export function toPasteContext(rules: FormFields, usedSources: string[]): PasteContext {
  const used = usedSources.map((name) => ({ name, aliases: [] }));
  return { country: toCountry(rules.defaultCountry), sources: [...rules.sources, ...used] };
}

/**
 * The people of a pasted text, none where it is about one; `isAdded` to rows that wait, one is enough. `isCut`: some of it
 * was not read.
 */
export function readPeople(
  text: string,
  rules: FormFields,
  usedSources: string[],
  isAdded: boolean,
): { people: Person[]; isCut: boolean } {
  const context = toPasteContext(rules, usedSources);
  const { people, isCut } =
    parsePeople(text, context) ?? (isAdded ? readOne(text, context) : { people: [], isCut: false });
  return { people: people.map((paste) => toPerson(paste, rules, context)), isCut };
}

function readOne(text: string, context: PasteContext): People {
  const paste = parsePaste(text, context);
  const isEmpty = Object.keys(paste.fields).length + paste.leftovers.length === 0;
  return { people: isEmpty ? [] : [paste], isCut: paste.isTooLong === true };
}

/** What has no column of its own, or none on this form, is in the comment, where it is seen. */
function toPerson({ fields, leftovers }: Paste, { hidden }: FormFields, { country }: PasteContext): Person {
  const phone = fields.phone && readPhone(fields.phone, country).shown;
  const values: Paste["fields"] = { ...fields, phone };
  const isColumn = (field: LeadField) =>
    personFields.some((known) => known === field) && !hidden.includes(field);
  const toShown = (field: PersonField) => (isColumn(field) ? (values[field] ?? "") : "");
  const rest = leadFields.filter((field) => field !== "comment" && !isColumn(field));
  const { comment = "" } = fields;
  return {
    ...{ id: newId(), name: toShown("name"), surname: toShown("surname"), phone: toShown("phone") },
    ...{ telegram: toShown("telegram"), email: toShown("email") },
    comment: toFullComment(comment, [...rest.flatMap((field) => values[field] ?? []), ...leftovers]),
  };
}
