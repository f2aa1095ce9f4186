import "server-only";

const MINUTE_MS = 60_000;
const MOST_OF_FORM = 600;
const MOST_OF_NETWORK = 60;
/** People who share an office or a phone company's address do not reach it. */
const USUAL_OF_NETWORK = 10;
const MOST_COUNTED = 10_000;

/** `refused` is the form's first refusal within this minute. */
export type Visits = "usual" | "often" | "refused" | "refused_again";

const counts = { ofForms: new Map<string, number>(), ofNetworks: new Map<string, number>() };
const refused = new Set<string>();
let minute = 0;

/**
 * How much a form, or one network of it, has sent within this minute. Without a network it is a sender with a secret key,
 * whose limit strangers cannot use up.
 */
export function countVisit(formId: string, network: string | undefined, now: number): Visits {
  startMinute(Math.floor(now / MINUTE_MS));
  const ofNetwork = network === undefined ? 0 : add(counts.ofNetworks, `${formId} ${network}`);
  const sender = network === undefined ? "proven" : "unproven";
  if (ofNetwork > MOST_OF_NETWORK || add(counts.ofForms, `${formId} ${sender}`) > MOST_OF_FORM) {
    if (refused.has(formId)) return "refused_again";
    refused.add(formId);
    return "refused";
  }
  return ofNetwork > USUAL_OF_NETWORK ? "often" : "usual";
}

/** A request that is late does not bring back a minute that is over. */
function startMinute(current: number): void {
  if (current <= minute) return;
  minute = current;
  counts.ofForms.clear();
  counts.ofNetworks.clear();
  refused.clear();
}

/** Forgets who was counted longest ago, when there are too many. */
function add(of: Map<string, number>, who: string): number {
  const count = (of.get(who) ?? 0) + 1;
  of.delete(who);
  of.set(who, count);
  const [oldest] = of.keys();
  if (of.size > MOST_COUNTED && oldest !== undefined) of.delete(oldest);
  return count;
}
