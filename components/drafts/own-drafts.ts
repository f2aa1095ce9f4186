import { DRAFT_PREFIX } from "./drop-old-drafts";

/** Keys of what this person has typed in this browser and not sent, corrections included. */
export function listOwnDrafts(personId: string): string[] {
  try {
    const prefixes = [DRAFT_PREFIX, `${DRAFT_PREFIX}-of-lead`].map((prefix) => `${prefix}.${personId}.`);
    return Object.keys(localStorage).filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
  } catch {
    // The browser refuses storage.
    return [];
  }
}

export function dropOwnDrafts(personId: string): void {
  for (const key of listOwnDrafts(personId)) localStorage.removeItem(key);
}
