import type { Field } from "./catalogue";
import type { Target } from "./schema";

const FIRST_CODES = ["WORK", "OTHER"];

/**
 * A phone gets its own kind of value; other multitext fields get Kommo's first kind (docs/kommo-api.md §4). Companies
 * are never targets: a lead does not fill them.
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
