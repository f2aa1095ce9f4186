import type { Outcome } from "@/lib/domain/lead/states";
import type { History, StateGroup } from "@/lib/history/schema";

/** The list's address with some values changed. Goes back to the first page. */
export function toAddress(history: History, change: Partial<History>): string {
  const { after: _after, before: _before, ...kept } = history;
  const parts = Object.entries({ ...kept, ...change }).filter(([, value]) => value);
  const query = new URLSearchParams(parts as [string, string][]).toString();
  return query ? `/leads?${query}` : "/leads";
}

/** Only what is in Kommo has an outcome, so another status gives way to it. */
export function toOutcome({ state }: History, outcome: Outcome | undefined): Partial<History> {
  return outcome && state !== "in_kommo" ? { outcome, state: undefined } : { outcome };
}

/** And an outcome gives way to another status. */
export function toState(state: StateGroup | undefined): Partial<History> {
  return state === undefined || state === "in_kommo" ? { state } : { state, outcome: undefined };
}
