import "server-only";
import { Readable } from "node:stream";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import {
  countAll,
  countOpen,
  type DifferenceKind,
  NO_LEADS,
  type Tally,
  toVerdict,
} from "@/lib/domain/daily-proof/compare-leads";
import { toTitle } from "@/lib/domain/lead/to-title";
import { type ErrorCode, errorKinds } from "@/lib/errors";
import { toCsv, toCsvForExcel } from "@/lib/export/to-csv";
import { findQueueStop } from "@/lib/queue/halt";
import { getAccountZone } from "@/lib/routing/queries";
import { MOST_FAILURES, MOST_IN_FILE, MOST_SHOWN, PROOFS_KEPT_DAYS } from "./constants";
import { toDayBounds, toDayLater, toDayOf } from "./days";
import { findFirstProvable } from "./first-provable";
import { isMakerFree } from "./maker-lease";
import { listToMake } from "./making";
import { type ProofFile, type ProofPage, type ProofRow, proofPageSchema, unfinishedReasons } from "./schema";
import { type SheetWords, toSheet } from "./to-sheet";

const COUNTS = ["entered", "withdrawn", "confirmed", "found", "trashed"] as const;

/** What the page of that day shows; without a day that of yesterday. Days are those of the account's zone. */
export async function getProofPage(
  day?: string,
  db: Db = getDb(),
  now = tellTime(),
  mostRows = MOST_SHOWN,
): Promise<ProofPage> {
  const zone = await getAccountZone(db);
  const today = toDayOf(now, zone);
  const shown = day ?? toDayLater(today, -1);
  return proofPageSchema.parse({
    ...{ day: shown, zone, today },
    earliest: toDayLater(today, -PROOFS_KEPT_DAYS),
    firstProvable: await findFirstProvable(zone, db, now),
    kommoUrl: (await findKommoUrl(db)) ?? null,
    proof: await findMade(shown, mostRows, db),
    making: await findMaking(shown, db),
  });
}

async function findMade(day: string, mostRows: number, db: Db) {
  const proof = await db
    .selectFrom("daily_proofs")
    .select(["id", "zone", "made_at", "copies", "differences", ...COUNTS])
    .where("day", "=", day)
    .where("made_at", "is not", null)
    .orderBy("made_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!proof) return null;
  const tallies = await listTallies(proof.id, db);
  const { zone, made_at: madeAt, copies, differences } = proof;
  const counts = { ...NO_LEADS, ...Object.fromEntries(COUNTS.map((name) => [name, proof[name]])) };
  return {
    ...{ zone, madeAt, copies, counts, differences, left: countAll(tallies), open: countOpen(tallies) },
    isOfWholeDay: (madeAt ?? 0) >= toDayBounds(day, zone).end,
    verdict: toVerdict(counts, tallies, differences),
    rows: await listRows(proof.id, mostRows, db),
  };
}

async function listTallies(proofId: string, db: Db): Promise<Tally[]> {
  const rows = await db
    .selectFrom("daily_proof_rows")
    .select(["kind", (eb) => eb.fn.countAll().as("count"), (eb) => eb.fn.count("accepted_at").as("accepted")])
    .where("proof_id", "=", proofId)
    .groupBy("kind")
    .execute();
  return rows.map(({ kind, count, accepted }) => ({
    kind: kind as DifferenceKind,
    count: Number(count),
    accepted: Number(accepted),
  }));
}

/** With what the desk knows of their leads now. The oldest lead first. */
async function listRows(proofId: string, most: number, db: Db): Promise<ProofRow[]> {
  const rows = await db
    .selectFrom("daily_proof_rows")
    .leftJoin("leads", "leads.id", "daily_proof_rows.lead_id")
    .leftJoin("people", "people.id", "daily_proof_rows.accepted_by")
    .select(["daily_proof_rows.id", "kind", "lead_id", "daily_proof_rows.kommo_lead_id", "other_id"])
    .select(["daily_proof_rows.accepted_at", "people.name as accepted_by"])
    .select(["leads.name", "surname", "state", "problem", "leads.created_at"])
    .where("proof_id", "=", proofId)
    .orderBy((eb) => eb.fn.coalesce("leads.created_at", eb.lit(0)))
    .orderBy("daily_proof_rows.id")
    .limit(most)
    .execute();
  return rows.map(({ id, kind, lead_id, kommo_lead_id, other_id, accepted_at, accepted_by, ...lead }) => ({
    accepted: accepted_at === null ? null : { at: accepted_at, by: accepted_by },
    ...{ id, kind: kind as DifferenceKind, leadId: lead_id, kommoLeadId: kommo_lead_id, otherId: other_id },
    lead: toLead(lead),
  }));
}

type Joined = {
  name: string | null;
  surname: string | null;
  state: string | null;
  problem: string | null;
  created_at: number | null;
};

function toLead({ state, problem, created_at, ...names }: Joined): ProofRow["lead"] {
  if (state === null || created_at === null) return null;
  const known = state as NonNullable<ProofRow["lead"]>["state"];
  return { title: toTitle(names), state: known, problem, createdAt: created_at };
}

async function findMaking(day: string, db: Db) {
  const making = await db
    .selectFrom("daily_proofs")
    .select(["asked_at", "problem", "try_at", "failures", "entered", "withdrawn"])
    .where("day", "=", day)
    .where("made_at", "is", null)
    .executeTakeFirst();
  if (!making) return null;
  return {
    askedAt: making.asked_at,
    compared: making.entered + making.withdrawn,
    problem: making.problem === null ? null : toReason(making.problem),
    tryAt: making.failures < MOST_FAILURES ? making.try_at : null,
    isHalted: (await findQueueStop(db))?.kind === "halted",
  };
}

function toReason(problem: string): (typeof unfinishedReasons)[number] {
  if (problem === "blocked" || problem === "scope_missing") return "forbidden";
  const known = unfinishedReasons.find((reason) => reason === problem);
  if (known) return known;
  return errorKinds[problem as ErrorCode] === "connection" ? "connection" : "other";
}

/** True when a proof is to be made now, and nobody else makes one. */
export async function hasProofToMake(db: Db = getDb(), now = tellTime()): Promise<boolean> {
  const next = await listToMake(db, now).select("id").limit(1).executeTakeFirst();
  return next !== undefined && (await isMakerFree(db, now));
}

/** The whole proof of a day as a file, which the log tells of; undefined where there is none. */
export async function startProofFile(
  { date, format }: ProofFile,
  words: SheetWords,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<ReadableStream<Uint8Array> | undefined> {
  const { proof } = await getProofPage(date, db, now, MOST_IN_FILE);
  if (!proof) return undefined;
  const detail = { format, from: date, to: date, count: proof.rows.length, end: "done" } as const;
  await writeAudit({ person_id: personId, action: "proof_exported", detail }, db, now);
  async function* toPortions(made: NonNullable<ProofPage["proof"]>) {
    yield toSheet(made, words);
  }
  const write = format === "csv" ? toCsv : toCsvForExcel;
  return Readable.toWeb(Readable.from(write(toPortions(proof), proof.zone))) as ReadableStream<Uint8Array>;
}
