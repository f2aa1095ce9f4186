import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { log } from "@/lib/log";
import { generateHistory, type History } from "./history";
import { plantedBugs } from "./planted";
import { type Desk, openDesk, runHistory } from "./run-history";
import { tellShortest } from "./shrink";

const DESK = { NEXTAUTH_SECRET: "x".repeat(40), NEXTAUTH_URL: "http://desk.test" };
const TOKEN = ["eyJhbGciOiJSUzI1NiJ9", "eyJleHAiOjE4OTAwMDAwMDB9", "c2ln"].join(".");
const SECOND = 1000;
const MOST_SHOWN = 5;
const MOST_FAILURES = 100;

type Failure = { seed: number; history: History; desk: Desk; violations: string[] };

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    plant: { type: "boolean", default: false },
    planted: { type: "string" },
  },
});

Object.assign(process.env, DESK, { KOMMO_BASE_URL: "https://model.test", KOMMO_API_TOKEN: TOKEN });
log.level = "silent";
const [first, count] = [Number(values.seed), Number(values.histories)];
process.exitCode = (await run()) ? 0 : 1;

async function run(): Promise<boolean> {
  if (values.plant) return plantEach();
  return values.planted === undefined ? simulate() : findPlanted();
}

/** Answers true when no history fails. */
async function simulate(): Promise<boolean> {
  const began = Date.now();
  let failures = 0;
  for await (const { seed, history, desk, violations } of listFailures()) {
    failures++;
    print(`seed ${seed}: ${violations.join("; ")}`);
    if (failures <= MOST_SHOWN) print(await tellShortest(history, desk));
    if (failures === MOST_FAILURES) break;
  }
  const seconds = (Date.now() - began) / SECOND;
  print(`${count} histories from seed ${first} in ${seconds.toFixed(1)} s: ${failures} failed`);
  return failures === 0;
}

/** Plants one bug after the other, each in a process of its own. Answers true when all are found. */
function plantEach(): boolean {
  const [script = "", ...given] = process.argv.slice(1);
  const node = [...process.execArgv, "--import", "./tests/simulation/plant.ts", script];
  const own = given.filter((argument) => argument !== "--plant");
  const results = plantedBugs.map((bug, index) => {
    print(`${index + 1}. ${bug.rule}`);
    const planted = [...node, ...own, "--planted", String(index)];
    return spawnSync(process.execPath, planted, { stdio: "inherit" }).status === 0;
  });
  return results.every(Boolean);
}

/** With a bug that plant.ts has planted: answers true when a history fails. */
async function findPlanted(): Promise<boolean> {
  for await (const { seed, violations } of listFailures()) {
    print(`   found after ${seed - first + 1} histories: ${violations[0]?.split("\n")[0]}`);
    return true;
  }
  print(`   NOT found in ${count} histories`);
  return false;
}

/** Half of the histories have a reference field. */
async function* listFailures(): AsyncGenerator<Failure> {
  const desks = [await openDesk(false), await openDesk(true)] as const;
  for (let seed = first; seed < first + count; seed++) {
    const hasReference = seed % 2 === 1;
    const desk = desks[hasReference ? 1 : 0];
    const history = generateHistory(seed, hasReference);
    const { violations } = await runHistory(history, desk);
    if (violations.length > 0) yield { seed, history, desk, violations };
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
