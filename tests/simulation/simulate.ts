import { parseArgs } from "node:util";
import { log } from "@/lib/log";
import { generateHistory } from "./history";
import { openDesk, runHistory } from "./run-history";
import { tellShortest } from "./shrink";

const DESK = { NEXTAUTH_SECRET: "x".repeat(40), NEXTAUTH_URL: "http://desk.test" };
const TOKEN = ["eyJhbGciOiJSUzI1NiJ9", "eyJleHAiOjE4OTAwMDAwMDB9", "c2ln"].join(".");
const SECOND = 1000;
const MOST_SHOWN = 5;
const MOST_FAILURES = 100;

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
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
    if (violations.length === 0) continue;
    failures++;
    print(`seed ${seed}: ${violations.join("; ")}`);
    if (failures <= MOST_SHOWN) print(await tellShortest(history, desk));
    if (failures === MOST_FAILURES) break;
  }
  const seconds = (Date.now() - began) / SECOND;
  print(`${count} histories from seed ${first} in ${seconds.toFixed(1)} s: ${failures} failed`);
  return failures === 0;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
