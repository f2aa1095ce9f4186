import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { tellTime } from "../../lib/clock.ts";
import { makeProof } from "../../lib/daily-proof/make-proof.ts";
import { askForProof } from "../../lib/daily-proof/mutations.ts";
import { getProofPage } from "../../lib/daily-proof/queries.ts";
import { daySchema } from "../../lib/daily-proof/schema.ts";
import type { Db } from "../../lib/db/client.ts";
import { toDifferenceName, toMeaning } from "../../lib/domain/daily-proof/to-meaning.ts";
import { toSummary } from "../../lib/domain/daily-proof/to-summary.ts";
import { AppError } from "../../lib/errors.ts";
import { toLocalTime } from "../../lib/export/to-local-time.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { runCommand } from "./run-command.ts";
import type { Terminal } from "./terminal.ts";

const USAGE = `Usage: npm run proof -- [--date 2026-11-30] [--now]
  Prints the proof of that day, or of yesterday: what was entered, what Kommo has confirmed, and what is found there.
  --now makes it anew. It ends with 0 when nothing is open, else with 1.
`;
const LOOK_MS = 1000;

type Page = Awaited<ReturnType<typeof getProofPage>>;
type Proof = NonNullable<Page["proof"]>;

/** Answers the exit code, and closes the database. */
export function runProof(db: Db, terminal: Terminal): Promise<number> {
  const toSentence = (error: unknown) => (error instanceof Error ? error.message : String(error));
  return runCommand(db, terminal, () => run(db, terminal), toSentence);
}

async function run(db: Db, { words, out }: Terminal): Promise<number> {
  const say = (sentence: string) => out.write(`${sentence}\n`);
  const { date, isAnew } = readArguments(words);
  const before = await getProofPage(date, db);
  const isWanted = isAnew || !before.proof;
  const { proof, making, ...page } = isWanted ? await makeAnew(before.day, db) : before;
  if (isWanted && making) throw new AppError("busy", { message: toReason(making) });
  if (!proof) throw new AppError("busy", { message: "The proof could not be made." });
  say(toText(page.day, proof));
  for (const row of proof.rows) say(toLine(row));
  if (proof.left > proof.rows.length)
    say(`… and ${proof.left - proof.rows.length} more: the page's file has them all.`);
  return proof.verdict === "different" ? 1 : 0;
}

function readArguments(words: string[]) {
  const { values } = readOptions(words);
  const date = values.date === undefined ? undefined : daySchema.safeParse(values.date).data;
  if (values.date !== undefined && date === undefined) throw new AppError("invalid", { message: USAGE });
  return { date, isAnew: values.now === true };
}

function readOptions(args: string[]) {
  try {
    return parseArgs({ args, options: { date: { type: "string" }, now: { type: "boolean" } } });
  } catch {
    throw new AppError("invalid", { message: USAGE });
  }
}

/** By the desk, where one is running: it has the connection, and lets leads go first. */
async function makeAnew(day: string, db: Db): Promise<Page> {
  await askForProof(day, db).catch((error) => {
    const message = `${day} cannot be proven: it has not begun, is too long ago, or its leads were deleted after the retention period.`;
    throw error instanceof AppError ? new AppError("invalid", { message }) : error;
  });
  for (;;) {
    const page = await getProofPage(day, db);
    if (!page.making || page.making.problem !== null || page.making.isHalted) return page;
    if (await isDeskRunning(db)) await wait(LOOK_MS);
    else if (!(await makeProof({ db }, day))) await wait(LOOK_MS);
  }
}

async function isDeskRunning(db: Db): Promise<boolean> {
  const { holder, lease_ends } = await db
    .selectFrom("sender")
    .select(["holder", "lease_ends"])
    .executeTakeFirstOrThrow();
  return holder !== null && lease_ends > tellTime();
}

function toReason({ problem, isHalted }: NonNullable<Page["making"]>): string {
  const { reasons, making } = messages.dailyProof;
  if (isHalted) return making.halted;
  return `Not finished: ${reasons[problem ?? "other"]} Nothing is said of what was not looked at.`;
}

function toText(day: string, proof: Proof): string {
  const { counts, zone, madeAt, open, copies } = proof;
  const { entered, confirmed, found, withdrawn, trashed } = counts;
  const toSign = (isEqual: boolean) => (isEqual ? "=" : "≠");
  const different = open === 1 ? "1 difference needs a look." : `${open} differences need a look.`;
  const sentences = { ...messages.dailyProof.verdicts, different };
  return [
    `Proof of the day ${day} (${zone}), made ${toLocalTime(new Date(madeAt), zone)}`,
    `Entered ${entered} ${toSign(entered === confirmed)} confirmed ${confirmed} ${toSign(confirmed === found)} found in Kommo ${found}`,
    `Withdrawn: ${withdrawn}. Of those found, in the trash: ${trashed}.`,
    messages.dailyProof.copies[copies],
    sentences[toSummary(proof)],
  ].join("\n");
}

/** Ids alone: a terminal keeps what it has shown. */
function toLine(row: Proof["rows"][number]): string {
  const { names, kinds } = messages.dailyProof;
  const lead =
    row.leadId === null ? [] : [`${new URL(process.env.NEXTAUTH_URL ?? "").origin}/leads/${row.leadId}`];
  const ids = [row.kommoLeadId, row.otherId].flatMap((id) => (id === null ? [] : [`Kommo ${id}`]));
  const accepted = row.accepted ? " (marked as OK)" : "";
  return `- ${names[toDifferenceName(row)]}${accepted}: ${[...lead, ...ids].join(", ")}\n  ${kinds[toMeaning(row)]}`;
}
