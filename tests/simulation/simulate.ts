import { parseArgs } from "node:util";
import { log } from "@/lib/log";
import { describeHistory, generateHistory, type History } from "./history";
import { type Desk, openDesk, runHistory } from "./run-history";
import { shrink } from "./shrink";

const DESK = { NEXTAUTH_SECRET: "x".repeat(40), NEXTAUTH_URL: "http://desk.test" };
const TOKEN = ["eyJhbGciOiJSUzI1NiJ9", "eyJleHAiOjE4OTAwMDAwMDB9", "c2ln"].join(".");
const SECOND = 1000;
const MOST_SHOWN = 5;

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    story: { type: "boolean", default: false },
  },
});

Object.assign(process.env, DESK, { KOMMO_BASE_URL: "https://model.test", KOMMO_API_TOKEN: TOKEN });
log.level = "silent";
process.exitCode = (await simulate(Number(values.seed), Number(values.histories))) ? 0 : 1;

/** Half of the histories have a reference field. Answers true when none of them fails. */
async function simulate(first: number, count: number): Promise<boolean> {
  const desks = [await openDesk(false), await openDesk(true)] as const;
  const began = Date.now();
  let failures = 0;
  for (let seed = first; seed < first + count; seed++) {
    const hasReference = seed % 2 === 1;
    const desk = desks[hasReference ? 1 : 0];
    const history = generateHistory(seed, hasReference);
    const { violations } = await runHistory(history, desk);
    if (violations.length === 0 && !values.story) continue;
    failures += violations.length > 0 ? 1 : 0;
    print(`seed ${seed}: ${violations.join("; ")}`);
    if (failures <= MOST_SHOWN) await tell(history, desk, violations);
    if (failures > MOST_SHOWN * 20) break;
  }
  const seconds = (Date.now() - began) / SECOND;
  print(`${count} histories from seed ${first} in ${seconds.toFixed(1)} s: ${failures} failed`);
  return failures === 0;
}

async function tell(history: History, desk: Desk, violations: string[]): Promise<void> {
  const isFailing = async (shorter: History) => (await runHistory(shorter, desk)).violations.length > 0;
  const shortest = violations.length > 0 ? await shrink(history, isFailing) : history;
  const { violations: left, story } = await runHistory(shortest, desk, true);
  print(["", describeHistory(shortest), "", ...story, "", ...left, ""].join("\n"));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
