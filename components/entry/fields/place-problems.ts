import type { Outcome } from "@/components/lead/send-lead";
import type { Alternatives, FormFields } from "@/lib/domain/mapping/schema";

type Rules = Pick<FormFields, "alternatives">;

/** The input that a problem is shown at: a rule over several fields names its first one, which may be hidden. */
export function toPlace({ alternatives }: Rules, name: string, key: string | undefined): string {
  return alternatives[key as keyof Alternatives]?.[0] ?? name;
}

export function placeProblems<O extends Outcome | { kind: "kept" }>(rules: Rules, outcome: O): O {
  if (outcome.kind !== "invalid") return outcome;
  const fields = Object.entries(outcome.fields).map(([name, key]) => [toPlace(rules, name, key), key]);
  return { ...outcome, fields: Object.fromEntries(fields) };
}
