import type { CustomValues } from "@/lib/domain/lead/schema";
import type { FormField } from "@/lib/domain/mapping/schema";
import type { Cell } from "./schema";

export function toCustomCell(
  { kind, options, former }: FormField,
  value: CustomValues[string] = "",
  yes: string,
): Cell {
  const toWord = (one: string) => [...options, ...former].find(({ id }) => String(id) === one)?.value ?? one;
  const text = [value].flat().map(toWord).join(", ");
  if (text === "") return null;
  if (kind === "checkbox") return text === "true" ? yes : null;
  const number = Number(text.replaceAll(/\s/g, "").replace(",", "."));
  return kind === "number" && Number.isFinite(number) ? number : text;
}
