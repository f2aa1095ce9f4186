export const DRAFT_PREFIX = "lead-desk-draft";
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

/** On a shared computer nobody's words may stay for ever: drafts go after a week, those of corrections included. */
export function dropOldDrafts(prefix = DRAFT_PREFIX): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    for (const key of keys) if (readTime(key) < Date.now() - KEEP_MS) localStorage.removeItem(key);
  } catch {
    // The browser refuses storage.
  }
}

/** One that cannot be read is as old as can be. */
function readTime(key: string): number {
  try {
    const at: unknown = JSON.parse(localStorage.getItem(key) ?? "null")?.at;
    return typeof at === "number" ? at : 0;
  } catch {
    return 0;
  }
}
