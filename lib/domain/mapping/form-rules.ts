import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { isList, listOwnLists } from "./own-lists";
import {
  type Finding,
  type MappableField,
  type Mapping,
  mappableFields,
  type OwnField,
  vitalFields,
} from "./schema";

/** The phone is what a lead is found by, and a comment takes what a paste leaves over. */
const ALWAYS_ON_FORM: readonly MappableField[] = ["phone", "comment"];

/** Fields whose texts the form does not ask for: they are off it, or chosen from a list. */
export function listHiddenFields(mapping: Mapping): LeadField[] {
  const lists: LeadField[] = listOwnLists(mapping).map(({ field }) => field);
  return leadFields.filter((field) => lists.includes(field) || !isOnForm(field, mapping));
}

/** False for what the admin has taken off, and for what Kommo would not get, unless it is kept on purpose. */
export function isOnForm(field: LeadField, mapping: Mapping): boolean {
  if (mapping.ownFields[field]?.isHidden && canBeHidden(field)) return false;
  const kept = mappableFields.find((known) => known === field);
  return !kept || !canBeKept(kept, mapping) || mapping.keptOnForm.includes(kept);
}

/** The comment takes what a paste leaves over. */
export function canBeHidden(field: LeadField): boolean {
  return field !== "comment";
}

/** What Kommo does not get is then also kept on purpose, or no longer. */
export function putOnForm(mapping: Mapping, field: LeadField, isWanted: boolean): Mapping {
  const kept = mappableFields.filter((known) => known === field && canBeKept(known, mapping));
  const others = mapping.keptOnForm.filter((known) => known !== field);
  return {
    ...changeOwnField(mapping, field, { isHidden: !isWanted }),
    keptOnForm: isWanted ? [...others, ...kept] : others,
  };
}

/** A field that is shown as ever is not kept. */
export function changeOwnField(mapping: Mapping, field: LeadField, change: Partial<OwnField>): Mapping {
  const { [field]: before, ...others } = mapping.ownFields;
  const after: OwnField = {
    label: { en: "", ru: "" },
    isRequired: false,
    isHidden: false,
    ...before,
    ...change,
  };
  const isChanged = after.isHidden || after.isRequired || after.label.en !== "" || after.label.ru !== "";
  return { ...mapping, ownFields: isChanged ? { ...others, [field]: after } : others };
}

/** Nothing of this field reaches Kommo: it is on the form only if the admin wants it there. */
export function canBeKept(field: MappableField, mapping: Mapping): boolean {
  const isSent = mapping.fields[field] ?? mapping.parkIn ?? goesElsewhere(field, mapping);
  return !isSent && !ALWAYS_ON_FORM.includes(field);
}

/** Places, as in findings, whose values stay here. The vital and the required ones are missing: their leads wait. */
export function listUnsent(mapping: Mapping, drift: Finding[]): string[] {
  if (hasFallback(mapping, drift)) return [];
  const own = mappableFields.filter((field) =>
    mapping.fields[field]
      ? isBroken(field, drift) && !vitalFields.includes(field)
      : !goesElsewhere(field, mapping),
  );
  const custom = mapping.custom.filter(({ key, required }) => isBroken(key, drift) && !required);
  return [...own, ...custom.map(({ key }) => key)];
}

export function hasFallback({ parkIn }: Mapping, drift: Finding[]): boolean {
  return parkIn !== null && !drift.some(({ place, breaks }) => place === "parkIn" && breaks);
}

/** The referrer is told with the form, and the name of the lead may hold the source. */
export function goesElsewhere(field: MappableField, { leadName }: Mapping): boolean {
  return field === "referrer" || (field === "source" && leadName.includes("{source}"));
}

/** The sources that may be chosen; a list in Kommo is also the list of sources. */
export function toSourceRules({ fields, optionsOf, sources, isFreeSource }: Mapping) {
  const { type, options = [] } = fields.source ?? {};
  if (!isList(type)) return { sources, isFreeSource };
  const words = Object.entries(optionsOf.source ?? {});
  const listed = options.map(({ id, value }) => ({
    name: value,
    value,
    aliases: words.flatMap(([word, option]) => (option === id ? [word] : [])),
  }));
  return { sources: [...sources, ...listed], isFreeSource: false };
}

function isBroken(wanted: string, drift: Finding[]): boolean {
  return drift.some(({ place, breaks, kind }) => place === wanted && breaks && kind !== "option_deleted");
}
