import { describeHistory, type History } from "./history";
import { type Desk, runHistory } from "./run-history";

/** The shortest history that fails like this one, and what happens in it. */
export async function tellShortest(history: History, desk: Desk): Promise<string> {
  const isFailing = async (shorter: History) => (await runHistory(shorter, desk)).violations.length > 0;
  const shortest = await shrink(history, isFailing);
  const { violations, story } = await runHistory(shortest, desk, true);
  return ["", describeHistory(shortest), "", ...story, "", ...violations, ""].join("\n");
}

/** Takes away one step after the other, then what is odd besides, as long as it still fails. */
async function shrink(history: History, isFailing: (shorter: History) => Promise<boolean>): Promise<History> {
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
  if (history.slowListMs > 0) yield { ...history, slowListMs: 0 };
  if (history.largestTaken < 50) yield { ...history, largestTaken: 50 };
  for (const [index, lead] of history.leads.entries()) {
    if (lead.isPoison || lead.isBad)
      yield { ...history, leads: history.leads.with(index, { ...lead, isPoison: false, isBad: false }) };
  }
}
