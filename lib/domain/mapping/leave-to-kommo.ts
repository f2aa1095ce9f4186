import type { Mapping } from "./schema";

/** The mapping in which people fill that field in Kommo, and nobody is asked to fill it here. Pure. */
export function leaveToKommo(mapping: Mapping, place: string, name: string): Mapping {
  const { leftToKommo } = askForAgain(mapping, place);
  return { ...mapping, leftToKommo: [...leftToKommo, { place, name }] };
}

/** The mapping in which that field is looked after here again. Pure. */
export function askForAgain(mapping: Mapping, place: string): Mapping {
  return { ...mapping, leftToKommo: mapping.leftToKommo.filter((known) => known.place !== place) };
}

export function isLeftToKommo({ leftToKommo }: Mapping, place: string): boolean {
  return leftToKommo.some((known) => known.place === place);
}
