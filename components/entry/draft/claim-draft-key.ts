import { DRAFT_PREFIX } from "@/components/drafts/drop-old-drafts";
import { hold } from "@/components/drafts/hold";
import { newId } from "@/components/ui/new-id";
import { listDrafts } from "./draft";

const TAB = "lead-desk-tab";
// Says that the tab's page before is gone, and so will be its lock. The copy of a tab that is open does not have it.
const LEFT = "lead-desk-tab-left";
const OWN_LOCK_WAIT_MS = 500;
// A busy device lets go of a page's lock long after the page.
const LEFT_LOCK_WAIT_MS = 5000;
// Where the browser has no locks: a tab that is in use has saved its draft by then.
const UNUSED_MS = 2 * 60 * 1000;

const claims = new Map<string, Promise<string>>();

/**
 * The key of this person's draft in the browser's storage: one for each tab, so that two tabs are two leads, or that of a
 * tab which is gone, by a crash, a closed window or a restart.
 */
export function claimDraftKey(personId: string): Promise<string> {
  const claim = claims.get(personId) ?? findKey(`${DRAFT_PREFIX}.${personId}.`);
  claims.set(personId, claim);
  return claim;
}

/** A correction has a draft of its own; the tab's draft stays as it is meanwhile. */
export function toCorrectionKey(personId: string, leadId: string): string {
  return `${DRAFT_PREFIX}-of-lead.${personId}.${leadId}`;
}

async function findKey(prefix: string): Promise<string> {
  try {
    const own = sessionStorage.getItem(TAB);
    const waitMs = sessionStorage.getItem(LEFT) ? LEFT_LOCK_WAIT_MS : OWN_LOCK_WAIT_MS;
    sessionStorage.removeItem(LEFT);
    addEventListener("pagehide", () => sessionStorage.setItem(LEFT, "1"));
    const key = await findFreeKey(prefix, own, waitMs);
    sessionStorage.setItem(TAB, key);
    return key;
  } catch {
    // A browser without storage.
    return prefix + newId();
  }
}

/** Held until the tab is gone, however it goes. */
async function findFreeKey(prefix: string, own: string | null, waitMs: number): Promise<string> {
  if (own?.startsWith(prefix) && (await hold(own, waitMs))) return own;
  for (const { key, at } of listDrafts(prefix)) {
    const isUnused = navigator.locks !== undefined || at < Date.now() - UNUSED_MS;
    if (key !== own && isUnused && (await hold(key))) return key;
  }
  const fresh = prefix + newId();
  await hold(fresh);
  return fresh;
}
