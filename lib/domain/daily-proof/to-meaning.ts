import type { LeadState } from "@/lib/domain/lead/states";
import type { DifferenceKind } from "./compare-leads";

const SINCE = ["arrived", "since", "withdrawnSince"] as const;

type Shown = { kind: DifferenceKind; lead: { state: LeadState } | null; kommoLeadId: number | null };

/** The sentence of a difference, a key of `dailyProof.kinds` in messages/: some say what has become of the lead since. */
export function toMeaning({ kind, lead, kommoLeadId }: Shown) {
  if (kind !== "waiting" && kind !== "undecided") return kind;
  if (lead?.state === "withdrawn") return "withdrawnSince";
  // One that had an id already was confirmed when the proof was made.
  if (lead?.state === "confirmed") return kind === "waiting" && kommoLeadId !== null ? "arrived" : "since";
  if (kommoLeadId !== null) return "carried";
  return lead?.state === "to_check" ? "to_check" : kind;
}

/** What it is called, a key of `dailyProof.names`. */
export function toDifferenceName(shown: Shown) {
  const meaning = toMeaning(shown);
  return SINCE.find((one) => one === meaning) ?? shown.kind;
}
