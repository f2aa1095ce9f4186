const STALE_MS = 12 * 60 * 60 * 1000;

export type KeptSource = { source: string; at: number };

/** The source of this person's last lead, and when it was chosen (epoch ms). */
export function readKeptSource(personId: string): KeptSource | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(toKey(personId)) ?? "null");
    return typeof kept?.source === "string" && typeof kept?.at === "number" ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The same source again stays as old as it is: only a choice makes it new. */
export function keepSource(personId: string, source: string, isChosen: boolean): KeptSource | undefined {
  const before = readKeptSource(personId);
  const kept = before?.source === source && !isChosen ? before : { source, at: Date.now() };
  try {
    if (source === "") localStorage.removeItem(toKey(personId));
    else localStorage.setItem(toKey(personId), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing; the source is kept until the page is left.
  }
  return source === "" ? undefined : kept;
}

/** Yesterday's fair is not today's. */
export function isStale({ at }: KeptSource, now: number): boolean {
  return now - at > STALE_MS;
}

function toKey(personId: string): string {
  return `lead-desk-source.${personId}`;
}
