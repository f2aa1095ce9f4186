import type { History } from "./history";

/** The shortest history that still fails: one step less each time, then what else can be taken away. */
export async function shrink(
  history: History,
  isFailing: (shorter: History) => Promise<boolean>,
): Promise<History> {
  let least = history;
  for (let isShorter = true; isShorter; ) {
    isShorter = false;
    for (const shorter of listShorter(least)) {
      if (!(await isFailing(shorter))) continue;
      [least, isShorter] = [shorter, true];
      break;
    }
  }
  return least;
}

function* listShorter(history: History): Generator<History> {
  for (let index = history.steps.length - 1; index >= 0; index--)
    yield { ...history, steps: history.steps.toSpliced(index, 1) };
  if (history.processes === 2) yield { ...history, processes: 1 };
  if (history.slowMs > 0) yield { ...history, slowMs: 0 };
  if (history.largestTaken < 50) yield { ...history, largestTaken: 50 };
  for (const [index, lead] of history.leads.entries()) {
    if (lead.isPoison || lead.isBad)
      yield { ...history, leads: history.leads.with(index, { ...lead, isPoison: false, isBad: false }) };
  }
}
