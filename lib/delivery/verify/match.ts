/**
 * A lead of ours that is looked for. Times in epoch milliseconds; `name` and `reach` (phone, e-mail, handle) as sent. It
 * was sent at `sentAt`, or, after a restore, at any time from there to `sentUntil`.
 */
export type UnconfirmedLead = {
  id: string;
  createdAt: number;
  sentAt: number;
  sentUntil?: number | null;
  name: string;
  contactKeys: string[];
};

/** A lead that Kommo has, made at a time in unix seconds; `reach` is what its contacts can be reached by. */
export type Candidate = { id: number; name: string; madeAt: number; isOurs: boolean; contactKeys: string[] };

// Kommo gives a lead the time at which it was made, which a slow Kommo does a while after we sent it.
const MADE_WITHIN_SECONDS = 120;
const MADE_BEFORE_SECONDS = 30;

/**
 * Which of the candidates each lead is, by the way to contactKeys its contact, or by name where that says nothing. One lead of
 * Kommo is one of ours: where two would take it for theirs, or one could be two, the answer is *unsure*. *merged*: nothing
 * was made at its time, but an older lead of the same person has changed since. Without an answer nothing speaks of it.
 */
export function matchLeads(
  leads: UnconfirmedLead[],
  competing: UnconfirmedLead[],
  candidates: Candidate[],
): Map<string, number | "unsure" | "merged"> {
  const known = candidates.map((candidate) => ({
    ...candidate,
    keys: new Set(candidate.contactKeys.map(toKey)),
  }));
  const strangers = known.filter(({ isOurs }) => !isOurs);
  const matches = new Map([...leads, ...competing].map((lead) => [lead.id, listMatches(lead, strangers)]));
  const claims = [...matches.values()].flat();
  const isContested = (id: number) => claims.filter((other) => other === id).length > 1;

  const found = new Map<string, number | "unsure" | "merged">();
  for (const lead of leads) {
    const [id, another] = matches.get(lead.id) ?? [];
    const isSure = id !== undefined && another === undefined && !isContested(id);
    const answer = id === undefined ? findRelation(lead, known) : isSure ? id : "unsure";
    if (answer !== undefined) found.set(lead.id, answer);
  }
  return found;
}

type Keyed = Candidate & { keys: Set<string> };

/** Those made at its time that are its: by contactKeys, whatever the name is by now; where contactKeys says nothing, by name. */
function listMatches(lead: UnconfirmedLead, strangers: Keyed[]): number[] {
  const made = strangers
    .filter((candidate) => isOfItsTime(lead, candidate))
    .map((candidate) => ({ ...candidate, isSame: isSamePerson(lead, candidate) }));
  const byContact = made.filter(({ isSame }) => isSame === true);
  const byName = made.filter(({ isSame, name }) => isSame === undefined && name === lead.name);
  return [...new Set((byContact.length > 0 ? byContact : byName).map(({ id }) => id))];
}

/** A lead of the same person made at another time: an older one may hold ours by now, a newer stranger may be ours. */
function findRelation(lead: UnconfirmedLead, candidates: Keyed[]): "merged" | "unsure" | undefined {
  const others = candidates.filter(
    (candidate) => !isOfItsTime(lead, candidate) && isSamePerson(lead, candidate) === true,
  );
  if (others.some(({ madeAt }) => madeAt < toSeconds(lead.sentAt))) return "merged";
  return others.some(({ isOurs }) => !isOurs) ? "unsure" : undefined;
}

function isOfItsTime({ createdAt, sentAt, sentUntil }: UnconfirmedLead, { madeAt }: Candidate): boolean {
  const isAfter = madeAt >= toSeconds(sentAt) - MADE_BEFORE_SECONDS;
  const isAtSending = isAfter && madeAt <= toSeconds(sentUntil ?? sentAt) + MADE_WITHIN_SECONDS;
  return isAtSending || madeAt === toSeconds(createdAt);
}

/** Undefined where one of the two has nothing to be reached by. */
function isSamePerson(lead: UnconfirmedLead, { keys }: Keyed): boolean | undefined {
  if (lead.contactKeys.length === 0 || keys.size === 0) return undefined;
  return lead.contactKeys.some((contactKeys) => keys.has(toKey(contactKeys)));
}

// Countries write the trunk prefix in front of the national number in different ways; the last ten digits do not change.
function toKey(contactKeys: string): string {
  return /^[+\d\s().-]+$/.test(contactKeys)
    ? contactKeys.replaceAll(/\D/g, "").slice(-10)
    : contactKeys.trim().toLowerCase();
}

export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
