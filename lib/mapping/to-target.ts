import type { Field } from "@/lib/catalogue/schema";
import type { Target } from "./schema";

const FIRST_CODES = ["WORK", "OTHER"];

/** The field as a place for values, with the facts by which drift is told. Not for companies: no lead fills them. */
export function toTarget(field: Field): Target {
  const codes = field.options.map(({ code, value }) => code ?? value);
  const enumCode = FIRST_CODES.find((code) => codes.includes(code)) ?? codes[0];
  return {
    entity: field.entity === "contacts" ? "contacts" : "leads",
    fieldId: field.id,
    ...(field.type === "multitext" && enumCode && { enumCode }),
    type: field.type,
    name: field.name,
    ...(field.type !== "multitext" &&
      field.options.length > 0 && { options: field.options.map(({ id, value }) => ({ id, value })) }),
  };
}
