import type { LeadState } from "@/lib/domain/lead/states";

/**
 * What is not as it should be. *waiting*: the desk is still sending it; *undecided*: a person has to decide about it;
 * *missing*: confirmed, and Kommo has it no more; *unseen*: it does not stand there, and the trash is too long to be
 * read; *doubled*: it stands there twice; *kept_back*: withdrawn or not yet let
 * through, and in Kommo all the same; *unknown*: Kommo has a lead with an id of ours that is none of our leads. *moved* is
 * no difference: the lead is there, under another id than at first.
 */
export const differenceKinds = [
  "waiting",
  "undecided",
  "missing",
  "unseen",
  "doubled",
  "kept_back",
  "unknown",
  "moved",
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** A lead as the desk has it; ids of Kommo are null where it has none. */
export type EnteredLead = {
  id: string;
  state: LeadState;
  kommoLeadId: number | null;
  /** The id of a second copy that was noticed before. */
  twinId: number | null;
  /** It arrived just now: Kommo's lists may not show it yet. */
  isFresh: boolean;
};

/**
 * What Kommo shows, by its ids. `unread`: those that do not stand there, and may lie in the part of the trash that was not read.
 * `carriers`: by our lead's id, the leads of Kommo that carry it.
 */
export type Look = {
  standing: ReadonlySet<number>;
  trashed: ReadonlySet<number>;
  unread: ReadonlySet<number>;
  carriers: ReadonlyMap<string, readonly number[]>;
};

/** `otherId`: the second copy of a doubled lead, or where a moved one was at first. */
export type DayDifference = {
  kind: DifferenceKind;
  leadId: string | null;
  kommoLeadId: number | null;
  otherId: number | null;
};

/** `trashed` of those that were found: declined, or deleted there. */
export type Counts = Record<"entered" | "withdrawn" | "confirmed" | "found" | "trashed", number>;

export const NO_LEADS: Counts = { entered: 0, withdrawn: 0, confirmed: 0, found: 0, trashed: 0 };

const UNDER_WAY: readonly LeadState[] = ["held", "queued", "sending", "checking"];

/** Compares leads with what Kommo shows of them. A withdrawn lead counts as entered only if Kommo has it after all. */
export function compareLeads(
  leads: readonly EnteredLead[],
  look: Look,
): { counts: Counts; differences: DayDifference[] } {
  const counts = { ...NO_LEADS };
  const differences: DayDifference[] = [];
  for (const lead of leads) {
    const { difference, ...counted } = compareLead(lead, look);
    for (const name of Object.keys(counts) as (keyof Counts)[]) if (counted[name]) counts[name]++;
    if (difference) differences.push(difference);
  }
  return { counts, differences };
}

/** What a person may mark as OK: it may be meant, or nothing mends it. */
export const acceptableKinds: readonly DifferenceKind[] = [
  "missing",
  "unseen",
  "doubled",
  "kept_back",
  "unknown",
];

/** How many differences of a kind there are, and how many of them a person has marked as OK. */
export type Tally = { kind: DifferenceKind; count: number; accepted: number };

/**
 * *equal*: the three numbers are one, and nothing differs; *explained*: they are not, and a person has marked each difference
 * as OK, or its lead was erased since; *different*: something is open. `differences`: how many there were at first.
 */
export function toVerdict(
  { entered, confirmed, found }: Counts,
  tallies: readonly Tally[],
  differences: number,
): Verdict {
  if (countOpen(tallies) > 0) return "different";
  const isSame = entered === confirmed && confirmed === found;
  const isUntouched = tallies.every(({ accepted }) => accepted === 0) && differences <= countAll(tallies);
  return isSame && isUntouched ? "equal" : "explained";
}

export function countOpen(tallies: readonly Tally[]): number {
  return countAll(tallies.filter(({ kind }) => kind !== "moved")) - sum(tallies.map((one) => one.accepted));
}

export function countAll(tallies: readonly Tally[]): number {
  return sum(tallies.map(({ count }) => count));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

export const verdicts = ["equal", "explained", "different"] as const;
export type Verdict = (typeof verdicts)[number];

type Compared = Partial<Record<keyof Counts, true>> & { difference?: DayDifference };

function compareLead(lead: EnteredLead, look: Look): Compared {
  const { id, state, kommoLeadId, twinId } = lead;
  const there = new Set(
    [kommoLeadId, twinId, ...(look.carriers.get(id) ?? [])].filter((one) => one !== null),
  );
  const [first = null, second = null] = [...there].filter((one) => look.standing.has(one));
  const row = (kind: DifferenceKind, otherId: number | null = null): DayDifference => ({
    kind,
    leadId: id,
    kommoLeadId: first ?? kommoLeadId,
    otherId,
  });
  if (state === "withdrawn")
    return first === null ? { withdrawn: true } : { entered: true, difference: row("kept_back", second) };
  if (state !== "confirmed") return { entered: true, difference: row(toOpenKind(state, first), second) };
  const known = { entered: true, confirmed: true } as const;
  if (second !== null) return { ...known, found: true, difference: row("doubled", second) };
  if (kommoLeadId !== null && look.standing.has(kommoLeadId)) return { ...known, found: true };
  // Before the trash: people may have deleted the first of two, and the other one stands.
  if (first !== null) return { ...known, found: true, difference: row("moved", kommoLeadId) };
  if (kommoLeadId !== null && look.trashed.has(kommoLeadId)) return { ...known, found: true, trashed: true };
  if (lead.isFresh) return { ...known, difference: row("waiting") };
  const isUnread = kommoLeadId !== null && look.unread.has(kommoLeadId);
  return { ...known, difference: row(isUnread ? "unseen" : "missing") };
}

function toOpenKind(state: LeadState, kommoLeadId: number | null): DifferenceKind {
  if (state === "to_check" && kommoLeadId !== null) return "kept_back";
  return UNDER_WAY.includes(state) ? "waiting" : "undecided";
}
