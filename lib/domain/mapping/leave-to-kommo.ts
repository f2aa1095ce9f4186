import type { Mapping } from "./schema";

/** The mapping after an admin has said that people fill this field in Kommo. */
export function leaveToKommo(mapping: Mapping, place: string, name: string): Mapping {
  const { leftToKommo } = returnToForm(mapping, place);
  return { ...mapping, leftToKommo: [...leftToKommo, { place, name }] };
}

/** The mapping after an admin wants the field on our form again. */
export function returnToForm(mapping: Mapping, place: string): Mapping {
  return { ...mapping, leftToKommo: mapping.leftToKommo.filter((known) => known.place !== place) };
}

export function isLeftToKommo({ leftToKommo }: Mapping, place: string): boolean {
  return leftToKommo.some((known) => known.place === place);
}
