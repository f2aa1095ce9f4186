import type { Fault } from "../faults/faults.ts";

const JOURNAL_LENGTH = 20_000;

/** `at` in epoch milliseconds; `host` is the one that was asked, with its port; `status` is 0 when the connection was cut instead of answered; `fault` is the fault that the request met. */
export type JournalEntry = {
  at: number;
  host: string;
  method: string;
  path: string;
  status: number;
  fault: Fault["kind"] | null;
  body: unknown;
};

/** Records a request before anything else is done with it. */
export function record(
  journal: JournalEntry[],
  asked: Pick<JournalEntry, "at" | "host" | "method" | "path">,
): JournalEntry {
  const entry: JournalEntry = { ...asked, status: 0, fault: null, body: undefined };
  journal.push(entry);
  if (journal.length > JOURNAL_LENGTH) journal.shift();
  return entry;
}

/** The most requests that arrived within any sliding second. docs/kommo-api.md §8 */
export function busiestSecond(journal: readonly JournalEntry[]): number {
  let first = 0;
  return journal.reduce((most, { at }, index) => {
    while (at - (journal[first]?.at ?? at) >= 1000) first++;
    return Math.max(most, index - first + 1);
  }, 0);
}
