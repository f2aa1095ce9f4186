import { type InputName, toCustomName } from "@/components/entry/typed-lead";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";

export function toInputId(name: InputName): string {
  return `lead-${name}`;
}

/** The field of the form's own that an input on the page is; fields that the admin made are not. */
export function toField(input: EventTarget | null): LeadField | undefined {
  if (input === null || !(input instanceof HTMLInputElement)) return undefined;
  return leadFields.find((field) => input.id === toInputId(field));
}

/** The form's errors hold custom fields as one group, the server's answer as names. */
export function listWrong(fields: object): InputName[] {
  const group =
    "custom" in fields && typeof fields.custom === "object" ? Object.keys(fields.custom ?? {}) : [];
  const named = Object.keys(fields).filter((name): name is `custom.${string}` => name.startsWith("custom."));
  const consent = "consent_version" in fields ? (["consent_version"] as const) : [];
  return [...leadFields.filter((field) => field in fields), ...group.map(toCustomName), ...named, ...consent];
}

/** Those that are on the page, in its order. */
export function listShown(names: readonly InputName[]): InputName[] {
  const shown = names.flatMap((name) => {
    const input = document.getElementById(toInputId(name));
    return input ? [{ name, input }] : [];
  });
  const isBefore = (one: Element, other: Element) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  return shown.sort((a, b) => (isBefore(a.input, b.input) ? -1 : 1)).map(({ name }) => name);
}
