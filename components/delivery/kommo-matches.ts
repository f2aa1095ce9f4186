import type { FoundInKommo } from "@/lib/delivery/schema";

/** What Kommo shows for one lead. */
export type Matches = FoundInKommo["leads"][number];

export const matchKinds = ["exact", "one", "several", "deleted", "none"] as const;
export type MatchKind = (typeof matchKinds)[number];

export function toMatchKind({ isExact, candidates, deleted }: Matches): MatchKind {
  if (candidates.length === 0) return deleted.length > 0 ? "deleted" : "none";
  if (candidates.length > 1) return "several";
  return isExact ? "exact" : "one";
}

/** The lead of Kommo that it is, as far as one can tell; undefined where a person has to choose. */
export function toOnlyMatch(matches: Matches | undefined): number | undefined {
  const [only, another] = matches?.candidates ?? [];
  return another ? undefined : only?.kommoLeadId;
}
