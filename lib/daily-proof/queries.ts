import "server-only";
import { tellTime } from "@/lib/clock";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { type DifferenceKind, toVerdict } from "@/lib/domain/daily-proof/compare-leads";
import { toTitle } from "@/lib/domain/lead/to-title";
import { findQueueStop } from "@/lib/queue/halt";
import { getAccountZone } from "@/lib/routing/queries";
import { MOST_SHOWN, PROOFS_KEPT_DAYS } from "./constants";
import { toDayBounds, toDayLater, toDayOf } from "./days";
import { type ProofPage, type ProofRow, proofPageSchema } from "./schema";

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
  const all = await db
    .selectFrom("daily_proof_rows")
    .select(["kind", "accepted_at"])
    .where("proof_id", "=", proof.id)
    .execute();
  const verdict = toVerdict(
    proof,
    all.map(({ kind, accepted_at }) => ({ kind: kind as DifferenceKind, isAccepted: accepted_at !== null })),
  );
  const { zone, made_at: madeAt, copies, differences } = proof;
  const counts = Object.fromEntries(COUNTS.map((name) => [name, proof[name]]));
  return {
    ...{ zone, madeAt, copies, counts, verdict, differences, left: all.length },
    rows: await listRows(proof.id, mostRows, db),
  };
}

/** With what the desk knows of their leads now. The oldest lead first. */
async function listRows(proofId: string, most: number, db: Db): Promise<ProofRow[]> {
  const rows = await db
    .selectFrom("daily_proof_rows")
    .leftJoin("leads", "leads.id", "daily_proof_rows.lead_id")
    .leftJoin("people", "people.id", "daily_proof_rows.accepted_by")
    .select(["daily_proof_rows.id", "kind", "lead_id", "daily_proof_rows.kommo_lead_id", "other_id"])
    .select(["accepted_at", "people.name as accepted_by"])
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
    .select(["asked_at", "begun_at", "problem", "try_at", "entered", "withdrawn"])
    .where("day", "=", day)
    .where("made_at", "is", null)
    .executeTakeFirst();
  if (!making) return null;
  return {
    askedAt: making.asked_at,
    compared: making.entered + making.withdrawn,
    problem: making.problem,
    tryAt: making.try_at,
    isHalted: (await findQueueStop(db))?.kind === "halted",
  };
}

/** True when a proof is to be made now. */
export async function hasProofToMake(db: Db = getDb(), now = tellTime()): Promise<boolean> {
  const next = await db
    .selectFrom("daily_proofs")
    .select("id")
    .where("made_at", "is", null)
    .where("try_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return next !== undefined;
}

// At this hour of the account the leads of the day before have left, and what was unconfirmed has been looked for.
const NIGHT_MS = 3 * 60 * 60_000;
const DAYS_BACK = 7;

/**
 * Days whose proof is due at night: the last seven that have none, from the first lead on; and the day before yesterday once
 * more if something differed, or one of its leads was still watched for a second copy.
 */
export async function listDaysToProve(
  db: Db = getDb(),
  now = tellTime(),
): Promise<{ days: string[]; zone: string }> {
  const zone = await getAccountZone(db);
  const { first } = await db
    .selectFrom("leads")
    .select((eb) => eb.fn.min("created_at").as("first"))
    .executeTakeFirstOrThrow();
  if (first === null) return { days: [], zone };
  const today = toDayOf(now - NIGHT_MS, zone);
  const firstDay = toDayOf(Number(first), zone);
  const days = Array.from({ length: DAYS_BACK }, (_, index) => toDayLater(today, -1 - index));
  const proofs = await db
    .selectFrom("daily_proofs")
    .select(["day", "made_at", "differences"])
    .where("day", "in", days)
    .execute();
  const missing = days.filter((day) => day >= firstDay && !proofs.some((proof) => proof.day === day));
  const former = proofs.find(({ day, made_at }) => day === days[1] && made_at !== null);
  const isFormer = former && (former.made_at ?? 0) < toDayBounds(today, zone).start;
  const isOpen =
    isFormer && (former.differences > 0 || (await wasWatched(former.day, zone, former.made_at, db)));
  return { days: isOpen ? [...missing, former.day] : missing, zone };
}

async function wasWatched(day: string, zone: string, madeAt: number | null, db: Db): Promise<boolean> {
  const { start, end } = toDayBounds(day, zone);
  const watched = await db
    .selectFrom("leads")
    .select("id")
    .where("watch_until", ">", madeAt ?? 0)
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .limit(1)
    .executeTakeFirst();
  return watched !== undefined;
}
