import { inTurns } from "@/lib/db/in-turns";
import { LEAVES_WITHIN_MS, SMALL_SKEW_MS } from "@/lib/delivery/constants";
import { toBareNumber } from "@/lib/domain/lead/phone-extension";

/**
 * A lead of ours that is looked for in Kommo. Times in epoch milliseconds; `name` and `contactKeys` (phone, e-mail, handle)
 * as sent. It was sent at `sentAt`, or, after a restore, at any time from there to `sentUntil`, when Kommo's clock was ahead of
 * ours by something from `leastAheadMs` to `mostAheadMs`, as far as we knew. `batch`: when the request left that carried it,
 * which names the request; null where that is not known. `restored`: where a back-up was put in place, whether the lead had
 * left according to it; leads of ours may be forgotten then, which nothing tells from this one.
 */
export type UnconfirmedLead = {
  id: string;
  createdAt: number;
  sentAt: number;
  sentUntil?: number | null;
  leastAheadMs?: number | null;
  mostAheadMs?: number | null;
  batch: number | null;
  restored?: "unsent" | "sent" | undefined;
  name: string;
  contactKeys: string[];
};

/** `isSettled`: no request of it can be applied any more, so that this look may say that it is absent. */
export type SearchedLead = UnconfirmedLead & { isSettled: boolean };

/** `isCarrying`: it surely has its reference in Kommo, if it is there; in the field `carriedIn`. */
export type ReferencedLead = SearchedLead & { isCarrying: boolean; carriedIn: number | null };

/**
 * A lead that Kommo has, made and last changed at times in unix seconds, the latter `Infinity` where Kommo does not say;
 * `contactKeys` are those of its contacts. `isUnread`: it is still incoming, and none of the incoming leads that were read,
 * which say who sent them.
 */
export type Candidate = {
  id: number;
  name: string;
  madeAt: number;
  changedAt: number;
  isOurs: boolean;
  contactKeys: string[];
  isUnread?: boolean;
};

export type Match = number | "unsure" | "merged";

// Kommo gives a lead the time at which it was made: before, a gateway may have held its request back for six minutes.
const MADE_WITHIN_SECONDS = 360 + toSeconds(LEAVES_WITHIN_MS);
const MADE_BEFORE_SECONDS = 30;

/**
 * Which of the candidates each lead is, by its contact, or by its name where the contact says nothing. One lead of Kommo is
 * one of ours: where two of ours match it, or it could be one of two, the answer is *unsure*, and so it is where a candidate
 * of its time is nobody's: a colleague may have changed it since. Where leads of ours may be forgotten, that also stands
 * against a match; and a lead that had left before may be nowhere, so that no match of it counts. *merged*: nothing was made
 * at its time, but an older lead of the same person, or another of ours, has changed since it was sent, or within the margin
 * before. Without an answer nothing in Kommo speaks of it.
 */
export async function matchLeads(
  leads: UnconfirmedLead[],
  competing: UnconfirmedLead[],
  candidates: Candidate[],
  marginSeconds: number,
): Promise<Map<string, Match>> {
  const index = await toIndex(candidates);
  const matches = new Map<string, number[]>();
  for await (const some of inTurns([...leads, ...competing])) {
    for (const lead of some) matches.set(lead.id, listMatches(lead, index));
  }
  const claims = countBy([...matches.values()].flat());
  const unexplained = candidates
    .filter(({ id, isOurs }) => !isOurs && !claims.has(id))
    .map(({ madeAt }) => madeAt)
    .toSorted((one, other) => one - other);

  const find = (lead: UnconfirmedLead): Match | undefined => {
    const [id, another] = matches.get(lead.id) ?? [];
    if (id === undefined)
      return (
        findRelation(lead, index, marginSeconds) ?? (hasTimeOf(lead, unexplained) ? "unsure" : undefined)
      );
    if (lead.restored === "sent" || (lead.restored && hasTimeOf(lead, unexplained))) return "unsure";
    const candidate = index.byId.get(id);
    // Of another name, or made before ours was typed, it may as well be another lead of the same person.
    const isClear = candidate?.name === lead.name && !candidate.isUnread && isMadeSince(lead, candidate);
    return isClear && another === undefined && claims.get(id) === 1 ? id : "unsure";
  };
  const found = new Map<string, Match>();
  for await (const some of inTurns(leads)) {
    for (const lead of some) {
      const match = find(lead);
      if (match !== undefined) found.set(lead.id, match);
    }
  }
  return found;
}

/** Of the leads those whose person has a lead among the candidates into which they may have been merged, as above. */
export async function listMerged(
  leads: UnconfirmedLead[],
  candidates: Candidate[],
  marginSeconds: number,
): Promise<Set<string>> {
  const index = await toIndex(candidates);
  const merged = new Set<string>();
  for await (const some of inTurns(leads)) {
    for (const lead of some) {
      if (findRelation(lead, index, marginSeconds) === "merged") merged.add(lead.id);
    }
  }
  return merged;
}

/**
 * For a person to decide: who may be each lead, nearest to its sending first. Leads of the same person made at any time, and
 * of the same name made at its time; of ours only what it may have been merged into.
 */
export async function listRelated(
  leads: (UnconfirmedLead & { isMerged: boolean })[],
  candidates: Candidate[],
): Promise<Map<string, Candidate[]>> {
  const index = await toIndex(candidates);
  return new Map(
    leads.map((lead) => {
      const named = (index.byName.get(lead.name) ?? []).filter(({ madeAt }) => isOfItsTime(lead, madeAt));
      const related = [...new Set([...listSamePerson(lead, index.byKey), ...named])];
      const distance = ({ madeAt }: Candidate) => Math.abs(madeAt - toSeconds(lead.sentAt));
      const open = related.filter(({ isOurs }) => !isOurs || lead.isMerged);
      return [lead.id, open.toSorted((one, other) => distance(one) - distance(other))];
    }),
  );
}

type Keyed = Candidate & { keys: Set<string> };
type Index = { byKey: Map<string, Keyed[]>; byName: Map<string, Keyed[]>; byId: Map<number, Keyed> };

async function toIndex(candidates: Candidate[]): Promise<Index> {
  const index: Index = { byKey: new Map(), byName: new Map(), byId: new Map() };
  for await (const some of inTurns(candidates)) {
    for (const candidate of some) {
      const keyed = { ...candidate, keys: new Set(candidate.contactKeys.map(toKey)) };
      for (const key of keyed.keys) add(index.byKey, key, keyed);
      add(index.byName, candidate.name, keyed);
      index.byId.set(candidate.id, keyed);
    }
  }
  return index;
}

/** Strangers of its time that may be it: by contact, whatever the name is by now; where the contact says nothing, by name. */
function listMatches(lead: UnconfirmedLead, { byKey, byName }: Index): number[] {
  const isPossible = (candidate: Keyed) => !candidate.isOurs && isOfItsTime(lead, candidate.madeAt);
  const same = listSamePerson(lead, byKey).filter(isPossible);
  const named = (byName.get(lead.name) ?? []).filter(
    ({ keys }) => lead.contactKeys.length === 0 || keys.size === 0,
  );
  return [...new Set((same.length > 0 ? same : named.filter(isPossible)).map(({ id }) => id))];
}

/**
 * A lead of the same person made at another time: an older one, or another of ours, may hold ours by now, a newer stranger may be ours. What was
 * last changed before this lead was sent is among the candidates for the sake of another.
 */
function findRelation(
  lead: UnconfirmedLead,
  { byKey }: Index,
  marginSeconds: number,
): "merged" | "unsure" | undefined {
  const since = toSeconds(lead.sentAt) - marginSeconds;
  const changed = listSamePerson(lead, byKey).filter(({ changedAt }) => changedAt >= since);
  const others = changed.filter(({ madeAt }) => !isOfItsTime(lead, madeAt));
  if (others.some(({ madeAt }) => madeAt < toSeconds(lead.sentAt))) return "merged";
  if (changed.some(isOurSurvivor)) return "merged";
  return others.some(({ isOurs }) => !isOurs) ? "unsure" : undefined;
}

/** One of ours, made at any time, that was changed after it was made: another of the same person may be merged into it. */
function isOurSurvivor({ isOurs, madeAt, changedAt }: Candidate): boolean {
  return isOurs && changedAt > madeAt + SMALL_SKEW_MS / 1000;
}

function listSamePerson({ contactKeys }: UnconfirmedLead, byKey: Index["byKey"]): Keyed[] {
  return contactKeys.flatMap((key) => byKey.get(toKey(key)) ?? []);
}

function isOfItsTime(lead: UnconfirmedLead, madeAt: number): boolean {
  const [from, to] = toSpan(lead);
  return (madeAt >= from && madeAt <= to) || madeAt === toSeconds(lead.createdAt);
}

/** Whether it was made once ours was typed. That a lead is typed after it is sent only shows that a clock was set right. */
function isMadeSince({ createdAt, sentAt }: UnconfirmedLead, { madeAt }: Candidate): boolean {
  const typedAt = toSeconds(createdAt - SMALL_SKEW_MS);
  return createdAt > sentAt || madeAt >= typedAt;
}

/** The seconds within which Kommo made it, if it did. */
function toSpan({ sentAt, sentUntil }: UnconfirmedLead): [number, number] {
  return [toSeconds(sentAt) - MADE_BEFORE_SECONDS, toSeconds(sentUntil ?? sentAt) + MADE_WITHIN_SECONDS];
}

/** As isOfItsTime, of any of `times`: in ascending order, unix seconds. */
function hasTimeOf(lead: UnconfirmedLead, times: readonly number[]): boolean {
  const typedAt = toSeconds(lead.createdAt);
  return isAnyWithin(toSpan(lead), times) || isAnyWithin([typedAt, typedAt], times);
}

function isAnyWithin([from, to]: [number, number], times: readonly number[]): boolean {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (times[low] ?? Number.POSITIVE_INFINITY) <= to;
}

// Countries write the trunk prefix in front of the national number in different ways; the last ten digits do not change.
function toKey(contact: string): string {
  const number = toBareNumber(contact);
  return /^[+\d\s().-]+$/.test(number)
    ? number.replaceAll(/\D/g, "").slice(-10)
    : contact.trim().toLowerCase();
}

function add(index: Map<string, Keyed[]>, key: string, candidate: Keyed): void {
  const known = index.get(key);
  if (known) known.push(candidate);
  else index.set(key, [candidate]);
}

function countBy(ids: number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
