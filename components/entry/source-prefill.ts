const STALE_MS = 12 * 60 * 60 * 1000;

export type SourcePrefill = { source: string; at: number };

/** The source of this person's last lead, and when it was chosen (epoch ms). */
export function readSourcePrefill(personId: string): SourcePrefill | undefined {
  try {
    const stored = JSON.parse(localStorage.getItem(toKey(personId)) ?? "null");
    return typeof stored?.source === "string" && typeof stored?.at === "number" ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** The same source again stays as old as it is: only a choice makes it new. */
export function saveSourcePrefill(
  personId: string,
  source: string,
  isChosen: boolean,
): SourcePrefill | undefined {
  const before = readSourcePrefill(personId);
  const next = before?.source === source && !isChosen ? before : { source, at: Date.now() };
  try {
    if (source === "") localStorage.removeItem(toKey(personId));
    else localStorage.setItem(toKey(personId), JSON.stringify(next));
  } catch {
    // A browser without storage: the source lasts until the page is left.
  }
  return source === "" ? undefined : next;
}

/** Yesterday's fair is not today's. */
export function isStale({ at }: SourcePrefill, now: number): boolean {
  return now - at > STALE_MS;
}

function toKey(personId: string): string {
  return `lead-desk-source.${personId}`;
}
