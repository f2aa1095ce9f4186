import type { RefusedField } from "@/lib/domain/lead/schema";
import { listOwnLists } from "@/lib/domain/mapping/own-lists";
import { type Mapping, mappableFields } from "@/lib/domain/mapping/schema";
import type { IncomingLead } from "./incoming-lead";

const CUSTOM_FIELD = /^_embedded\.(contacts|leads)\.0\.custom_fields_values\.(\d+)(?:\.|$)/;
const NAME = /^_embedded\.contacts\.0\.(name|first_name|last_name)$/;

/** Finds our fields by the item that was sent. A path may start with an index or `data.` (docs/kommo-api.md §1.3). */
export function toRefusedFields(
  errors: { code: string; path: string }[],
  item: IncomingLead,
  mapping: Mapping,
): RefusedField[] {
  return errors.map(({ code, path }) => ({ ...findField(path, item, mapping), code, path }));
}

function findField(path: string, item: IncomingLead, mapping: Mapping): Pick<RefusedField, "field" | "key"> {
  const bare = path.replace(/^(?:data\.)?(?:\d+\.)?/, "");
  const name = NAME.exec(bare)?.[1];
  if (name) return { field: name === "last_name" ? "surname" : "name" };

  const [, entity, index] = CUSTOM_FIELD.exec(bare) ?? [];
  const [part] = entity === "contacts" ? item._embedded.contacts : item._embedded.leads;
  const fieldId = part.custom_fields_values?.[Number(index)]?.field_id;
  if (fieldId === undefined) return { field: null };
  const found = mappableFields.find((field) => {
    const target = mapping.fields[field];
    return target?.entity === entity && target?.fieldId === fieldId;
  });
  const list = listOwnLists(mapping).find(({ field }) => field === found);
  if (found) return { field: found, ...(list && { key: list.key }) };
  const own = (["reference", "consent"] as const).find((key) => mapping[key]?.fieldId === fieldId);
  if (entity === "leads" && own) return { field: null, key: own };
  const key = `${entity}:${fieldId}`;
  return mapping.custom.some((custom) => custom.key === key) ? { field: null, key } : { field: null };
}
