import type { EntryState } from "@/components/entry/entry-state";
import { readFormLanguage } from "@/components/entry/sent-lead";
import { newLead, type Person, personFields, type TypedLead } from "@/components/entry/typed-lead";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";

/** Our fields that every lead must have and that have no column: they are asked for once. */
export function listShared({ required }: FormFields): LeadField[] {
  const asked: readonly LeadField[] = [...personFields, "source"];
  return required.filter((field) => !asked.includes(field));
}

/** With what stands above the rows: the source, the page's link and the fields that every lead must have. */
export function toLeadOfPerson(
  person: Person,
  typed: TypedLead,
  { prefill, rules }: Pick<EntryState, "prefill" | "rules">,
): TypedLead {
  const shared = Object.fromEntries(listShared(rules).map((field) => [field, typed[field]]));
  const required = rules.custom.filter((field) => field.required);
  const custom = required.flatMap(({ key }) => {
    const value = typed.custom?.[key];
    return value === undefined ? [] : [[key, value]];
  });
  const { source, consent_version } = typed;
  const came = { through: "import" as const, language: readFormLanguage(), consent_version };
  const words = { ...prefill.link, ...shared, source, ...person, custom: Object.fromEntries(custom) };
  return newLead({ ...words, ...came });
}
