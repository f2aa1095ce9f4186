import "server-only";
import type { Db } from "@/lib/db/client";
import { getAccountZone } from "@/lib/routing/queries";
import { toDayBounds, toDayLater, toDayOf } from "./days";
import { findFirstProvable } from "./first-provable";
import { insertAsked } from "./mutations";

// At this hour of the account the leads of the day before have left, and what was unconfirmed has been looked for.
const NIGHT_MS = 3 * 60 * 60_000;
const DAYS_BACK = 7;

/**
 * Days whose proof is due at night: the last seven that have none made after their end, from the first lead on; and the day before yesterday once
 * more if something differed, or one of its leads was still watched for a second copy.
 */
export async function listDaysToProve(db: Db, now: number): Promise<{ days: string[]; zone: string }> {
  const zone = await getAccountZone(db);
  const { first } = await db
    .selectFrom("leads")
    .select((eb) => eb.fn.min("created_at").as("first"))
    .executeTakeFirstOrThrow();
  if (first === null) return { days: [], zone };
  const today = toDayOf(now - NIGHT_MS, zone);
  const firstProvable = await findFirstProvable(zone, db, now);
  const firstDay = toDayOf(Number(first), zone);
  const days = Array.from({ length: DAYS_BACK }, (_, index) => toDayLater(today, -1 - index)).filter(
    (day) => day >= firstProvable,
  );
  const proofs = await db
    .selectFrom("daily_proofs")
    .select(["day", "zone", "made_at", "differences"])
    .where("day", "in", days)
    .execute();
  const settled = new Set(proofs.filter(isOfWholeDay).map(({ day }) => day));
  const missing = days.filter((day) => day >= firstDay && !settled.has(day));
  const former = proofs.find((proof) => proof.day === toDayLater(today, -2) && isOfWholeDay(proof));
  const isBefore = former && former.made_at !== null && former.made_at < toDayBounds(today, zone).start;
  const isUnsettled = isBefore && (former.differences > 0 || (await wasWatched(former, db)));
  return { days: isUnsettled ? [...missing, former.day] : missing, zone };
}

type Proof = { day: string; zone: string; made_at: number | null };

/** Or will be: one in the making sees what it has not compared yet. */
function isOfWholeDay({ day, zone, made_at }: Proof): boolean {
  return made_at === null || made_at >= toDayBounds(day, zone).end;
}

async function wasWatched({ day, zone, made_at }: Proof, db: Db): Promise<boolean> {
  const { start, end } = toDayBounds(day, zone);
  const watched = await db
    .selectFrom("leads")
    .select("id")
    .where("watch_until", ">", made_at ?? 0)
    .where("created_at", ">=", start)
    .where("created_at", "<", end)
    .limit(1)
    .executeTakeFirst();
  return watched !== undefined;
}

/** Asks for the proofs that are due at night; the worker makes them when no lead is due. */
export async function proveNightly(db: Db, now: number): Promise<void> {
  const { days, zone } = await listDaysToProve(db, now);
  await insertAsked(days, zone, db, now);
}
