const DRAFT = "lead-desk-draft";
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * On a shared computer drafts must not stay forever. Deletes every draft that is older than a week,
 * corrections included.
 */
export function emptyOldDrafts(now = Date.now()): void {
  try {
    const places = Object.keys(localStorage).filter((place) => place.startsWith(DRAFT));
    for (const place of places) if (readTime(place) < now - KEEP_MS) localStorage.removeItem(place);
  } catch {
    // The browser refuses storage.
  }
}

function readTime(place: string): number {
  const at: unknown = JSON.parse(localStorage.getItem(place) ?? "null")?.at;
  return typeof at === "number" ? at : 0;
}
