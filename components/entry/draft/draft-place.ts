import { newId } from "@/components/entry/new-lead";
import { listDrafts } from "./draft";

const PREFIX = "lead-desk-draft";
const TAB = "lead-desk-tab";
// Reloading, a tab may meet its own page's last moment.
const PATIENCE_MS = 500;
// Where the browser has no locks: by then a tab that still types has typed.
const SILENCE_MS = 2 * 60 * 1000;

const claims = new Map<string, Promise<string>>();

/**
 * Where this person's draft lies: a place of this tab's own, so that two tabs are two leads, or that of a tab which is
 * gone, by a crash, a closed window or a restart.
 */
export function claimPlace(personId: string): Promise<string> {
  const claim = claims.get(personId) ?? findPlace(`${PREFIX}.${personId}.`);
  claims.set(personId, claim);
  return claim;
}

/** A correction lies beside the tab's own draft, which waits for its end. */
export function placeOf(personId: string, leadId: string): string {
  return `${PREFIX}-of-lead.${personId}.${leadId}`;
}

async function findPlace(prefix: string): Promise<string> {
  try {
    const own = sessionStorage.getItem(TAB);
    const place = await firstFree(prefix, own);
    sessionStorage.setItem(TAB, place);
    return place;
  } catch {
    // A browser that keeps nothing.
    return prefix + newId();
  }
}

async function firstFree(prefix: string, own: string | null): Promise<string> {
  if (own?.startsWith(prefix) && (await take(own, PATIENCE_MS))) return own;
  for (const { place, at } of listDrafts(prefix)) {
    if (place !== own && (navigator.locks || at < Date.now() - SILENCE_MS) && (await take(place, 0)))
      return place;
  }
  const fresh = prefix + newId();
  await take(fresh, 0);
  return fresh;
}

/** Held until the tab is gone, however it goes. */
function take(place: string, waitMs: number): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  const options = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
  return new Promise((resolve) => {
    navigator.locks
      .request(place, options, (lock) => {
        resolve(lock !== null);
        return lock ? new Promise(() => undefined) : undefined;
      })
      .catch(() => resolve(false));
  });
}
