import type { IncomingLead, Refusal } from "@/lib/kommo/schema";
import type { LeadField } from "@/lib/leads/schema";
import { type Mapping, mappableFields } from "@/lib/mapping/schema";

/** What Kommo refused: our field where it is one of ours, Kommo's code, and the path as it came. */
export type RefusedField = { field: LeadField | null; code: string; path: string };

const CUSTOM_FIELD = /^_embedded\.(contacts|leads)\.0\.custom_fields_values\.(\d+)(?:\.|$)/;
const NAME = /^_embedded\.contacts\.0\.(name|first_name|last_name)$/;

/**
 * Turns the paths of a refusal into our fields, by the item that was sent. A path may carry the item's index or `data.`
 * in front (kommo-api.md §1.3).
 */
export function toRefusedFields(
  errors: Refusal[number]["errors"],
  item: IncomingLead,
  mapping: Mapping,
): RefusedField[] {
  return errors.map(({ code, path }) => ({ field: findField(path, item, mapping), code, path }));
}

function findField(path: string, item: IncomingLead, mapping: Mapping): LeadField | null {
  const bare = path.replace(/^(?:data\.)?(?:\d+\.)?/, "");
  const name = NAME.exec(bare)?.[1];
  if (name) return name === "last_name" ? "surname" : "name";

  const [, entity, index] = CUSTOM_FIELD.exec(bare) ?? [];
  const [part] = entity === "contacts" ? item._embedded.contacts : item._embedded.leads;
  const fieldId = part.custom_fields_values?.[Number(index)]?.field_id;
  const found = mappableFields.find((field) => {
    const target = mapping.fields[field];
    return target?.entity === entity && target?.fieldId === fieldId;
  });
  return found ?? null;
}
