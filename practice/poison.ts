import { z } from "zod";
import { type FieldError, invalidAt, isJson } from "./checks.ts";
import { toList } from "./custom-fields.ts";

/**
 * A standing rule: every item it fits is refused with one validation error of this `path` and `code`.
 * docs/kommo-api.md §1.3
 */
export type Poison = {
  /** Fits an item whose lead or contact has this text in its name. */
  marker?: string;
  fits?: (item: unknown) => boolean;
  path?: string;
  code?: PoisonCode;
};

type PoisonCode = z.infer<typeof poisonSchema>["code"];

export const poisonSchema = z.strictObject({
  marker: z.string().min(1),
  path: z.string().default("_embedded.leads.0.name"),
  code: z
    .enum(["FieldMissing", "FieldNotExpected", "NotSupportedChoice", "InvalidType"])
    .default("NotSupportedChoice"),
});

export function poisonErrors(poison: Poison | null, item: unknown): FieldError[] {
  if (!poison || !isPoisoned(poison, item)) return [];
  return [invalidAt(poison.code ?? "NotSupportedChoice", poison.path ?? "_embedded.leads.0.name")];
}

function isPoisoned({ marker, fits }: Poison, item: unknown): boolean {
  if (fits?.(item)) return true;
  if (!marker || !isJson(item) || !isJson(item._embedded)) return false;
  const { leads, contacts } = item._embedded;
  return [...toList(leads), ...toList(contacts)].some((part) => String(part.name).includes(marker));
}
