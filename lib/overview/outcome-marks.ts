import { type RawBuilder, sql } from "kysely";

/** A lead should be accepted within this time after it has arrived. */
const SOON_MS = 60 * 60_000;

// Accepted by Kommo's clock, confirmed by ours.
const CLOCKS_APART_MS = 5 * 60_000;

/** `judged`: known when it was accepted, or not accepted and an hour old, so that it counts whether that was within the hour. */
export type OutcomeCounts = Record<"confirmed" | "judged" | "soon" | "won", number>;

/** What the digit at each place stands for. */
const MARKS: readonly OutcomeCounts[] = [
  { confirmed: 0, judged: 0, soon: 0, won: 0 },
  { confirmed: 1, judged: 0, soon: 0, won: 0 },
  { confirmed: 1, judged: 1, soon: 0, won: 0 },
  { confirmed: 1, judged: 1, soon: 1, won: 0 },
  { confirmed: 1, judged: 1, soon: 0, won: 1 },
  { confirmed: 1, judged: 1, soon: 1, won: 1 },
  { confirmed: 1, judged: 0, soon: 0, won: 1 },
];
const ZERO = "0".charCodeAt(0);

export const NO_OUTCOMES: OutcomeCounts = { confirmed: 0, judged: 0, soon: 0, won: 0 };

/**
 * One digit that says what became of a lead: to read it is quicker than to count in the database. A lead that Kommo merged into
 * one that it had has that one's fate. One that was accepted before it arrived, or nobody knows when, is not judged.
 */
export function toMark(now: number): RawBuilder<string> {
  const isSoon = sql`accepted_at <= confirmed_at + ${sql.lit(SOON_MS)}`;
  const isTimed = sql`accepted_at >= confirmed_at - ${sql.lit(CLOCKS_APART_MS)}`;
  const isLeft = sql`accepted_at is null and outcome in ('incoming', 'declined')
    and confirmed_at <= ${now - SOON_MS}`;
  return sql<string>`case
    when confirmed_at is null or merged_at is not null then '0'
    when ${isTimed} then case
      when outcome = 'won' then case when ${isSoon} then '5' else '4' end
      when ${isSoon} then '3' else '2' end
    when outcome = 'won' then '6'
    when ${isLeft} then '2'
    else '1' end`;
}

/** How many leads have each mark. */
export type MarkCounts = Int32Array;

export function noMarks(): MarkCounts {
  return new Int32Array(MARKS.length);
}

export function countMark(counts: MarkCounts, marks: string | null, index: number): void {
  const mark = (marks ?? "").charCodeAt(index) - ZERO;
  counts[mark] = (counts[mark] ?? 0) + 1;
}

export function toOutcomeCounts(counts: MarkCounts): OutcomeCounts {
  const add = (sum: OutcomeCounts, { confirmed, judged, soon, won }: OutcomeCounts, mark: number) => {
    const leads = counts[mark] ?? 0;
    const ofMark = {
      confirmed: confirmed * leads,
      judged: judged * leads,
      soon: soon * leads,
      won: won * leads,
    };
    return addOutcomes(sum, ofMark);
  };
  return MARKS.reduce(add, NO_OUTCOMES);
}

export function addOutcomes(one: OutcomeCounts, other: OutcomeCounts): OutcomeCounts {
  return {
    confirmed: one.confirmed + other.confirmed,
    judged: one.judged + other.judged,
    soon: one.soon + other.soon,
    won: one.won + other.won,
  };
}
