import { FIELD_LABELS } from "./field-labels";
import { type CustomField, type MappableField, type Mapping, toInputKind } from "./schema";

/** The source is a text everywhere: its list is the list of sources. */
const MAY_BE_LISTS: readonly MappableField[] = ["profession", "education", "income"];
const LISTS = ["select", "radio", "multiselect"];

/** A field of ours whose target is a list in Kommo. `words`: other texts for its options. */
export type OwnList = CustomField & { field: MappableField; words: Record<string, number> };

/** On the form they are lists like those that the admin puts there: a lead has the options' ids among its custom values. */
export function listOwnLists({ fields, optionsOf }: Pick<Mapping, "fields" | "optionsOf">): OwnList[] {
  return MAY_BE_LISTS.flatMap((field) => {
    const target = fields[field];
    if (!target || !isList(target.type)) return [];
    return [
      {
        field,
        key: `${target.entity}:${target.fieldId}`,
        target,
        label: FIELD_LABELS[field],
        help: { en: "", ru: "" },
        required: false,
        words: optionsOf[field] ?? {},
      },
    ];
  });
}

export function isList(type: string | undefined): boolean {
  return type !== undefined && LISTS.includes(toInputKind(type) ?? "");
}
