import type { Counts, Verdict } from "./compare-leads";

type Summed = { counts: Counts; verdict: Verdict; isOfWholeDay: boolean };

/** The sentence of a proof, a key of `dailyProof.verdicts` in messages/. A day that was not over is spoken of "so far". */
export function toSummary({ counts, verdict, isOfWholeDay }: Summed) {
  if (verdict !== "equal") return verdict;
  const { entered, withdrawn, trashed } = counts;
  if (entered === 0 && withdrawn > 0) return isOfWholeDay ? "withdrawn" : "withdrawnSoFar";
  if (entered === 0) return isOfWholeDay ? "none" : "noneSoFar";
  if (trashed > 0) return isOfWholeDay ? "trashed" : "trashedSoFar";
  return isOfWholeDay ? "equal" : "equalSoFar";
}
