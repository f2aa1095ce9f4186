import type { Mapping } from "./schema";

/** The mapping in which people fill that field in Kommo, and nobody is asked to fill it here. Pure. */
export function leaveToKommo(mapping: Mapping, place: string, name: string): Mapping {
  const others = mapping.leftToKommo.filter((known) => known.place !== place);
  return { ...mapping, leftToKommo: [...others, { place, name }] };
}

export function isLeftToKommo({ leftToKommo }: Mapping, place: string): boolean {
  return leftToKommo.some((known) => known.place === place);
}
