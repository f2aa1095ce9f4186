const known = new Map<string, string>();

/** Kommo's own word for its zone, or UTC where this machine knows none of that name. */
export function toKnownZone(zone: string): string {
  const found = known.get(zone) ?? (isKnown(zone) ? zone : "UTC");
  known.set(zone, found);
  return found;
}

function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
