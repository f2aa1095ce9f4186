import type { Field } from "./catalogue";
import type { Target } from "./schema";

const FIRST_CODES = ["WORK", "OTHER"];

/**
 * The field as a place for values, with the facts by which drift is told; a phone says of which kind it is, of the others
 * Kommo takes its first kind (docs/kommo-api.md §4). Not for companies: no lead fills them.
 */
export function toTarget(field: Field): Target {
  const codes = field.options.map(({ code, value }) => code ?? value);
  const enumCode = FIRST_CODES.find((code) => codes.includes(code)) ?? codes[0];
  return {
    entity: field.entity === "contacts" ? "contacts" : "leads",
    fieldId: field.id,
    ...(field.code === "PHONE" && enumCode && { enumCode }),
    type: field.type,
    name: field.name,
    ...(field.type !== "multitext" &&
      field.options.length > 0 && { options: field.options.map(({ id, value }) => ({ id, value })) }),
  };
}
