import "server-only";
import { findCatalogue } from "@/lib/account/queries";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { checkRouting } from "@/lib/domain/routing/check-routing";
import type { Routing } from "@/lib/domain/routing/schema";
import { AppError } from "@/lib/errors";
import { findForm } from "@/lib/published-mapping/queries";
import { findRouting } from "@/lib/published-routing/queries";
import { findOwnRecipient, findRoutingVersion, listKnownUsers } from "./queries";

type Draft = { routing: Routing; basedOn: number };

/** Each admin has a draft of their own: nobody's typing overwrites another's. */
export async function saveRoutingDraft(
  { routing, basedOn }: Draft,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  const row = { body: JSON.stringify(routing), based_on: basedOn, saved_at: now };
  await db
    .insertInto("routing_drafts")
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column("person_id").doUpdateSet(row))
    .execute();
}

export async function dropRoutingDraft(personId: string, db: Db = getDb()): Promise<void> {
  await db.deleteFrom("routing_drafts").where("person_id", "=", personId).execute();
}

/**
 * The next version, by which leads are distributed from their next claim on. Throws `routing_conflict` when another version
 * was published since the one it began from, and `routing_unsound` with the places that are wrong; the draft is kept.
 */
export async function publishRouting(
  { routing, basedOn }: Draft,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await saveRoutingDraft({ routing, basedOn }, personId, db, now);
  await insertVersion({ routing, basedOn }, personId, db, now);
}

async function insertVersion(
  { routing, basedOn, restored }: Draft & { restored?: number },
  personId: string,
  db: Db,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const version = (await findRouting(tx))?.version ?? 0;
    if (version !== basedOn) throw new AppError("routing_conflict");
    await refuseUnsound(routing, tx);
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("routings")
      .values({
        version: version + 1,
        body: JSON.stringify(routing),
        published_at: now,
        published_by: personId,
      })
      .onConflict((conflict) => conflict.column("version").doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows !== 1n) throw new AppError("routing_conflict");
    await dropRoutingDraft(personId, tx);
    const detail = { version: version + 1, restored };
    await writeAudit({ person_id: personId, action: "routing_published", detail }, tx, now);
  });
}

/**
 * A new version that equals an old one: history is not rewritten. Throws as publishRouting does, and leaves the admin's draft
 * alone then; where there is none, the old version is the draft, so that it can be mended.
 */
export async function rollBackRouting(
  { version, basedOn }: { version: number; basedOn: number },
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  const routing = await findRoutingVersion(version, db);
  if (!routing) throw new AppError("not_found");
  try {
    await insertVersion({ routing, basedOn, restored: version }, personId, db, now);
  } catch (error) {
    if (error instanceof AppError && error.code === "routing_unsound") {
      const row = { person_id: personId, body: JSON.stringify(routing), based_on: basedOn, saved_at: now };
      await db
        .insertInto("routing_drafts")
        .values(row)
        .onConflict((conflict) => conflict.column("person_id").doNothing())
        .execute();
    }
    throw error;
  }
}

async function refuseUnsound(routing: Routing, tx: Db): Promise<void> {
  const form = await findForm(tx);
  const checks = checkRouting(routing, {
    users: listKnownUsers(await findCatalogue(tx)),
    ...{ refused: [], lists: [], authors: [], forms: [] },
    ...{ sources: form?.sources ?? [], isFreeSource: form?.isFreeSource ?? true },
  });
  const errors = checks.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const fields = Object.fromEntries(errors.map(({ place, code }) => [place, code]));
  throw new AppError("routing_unsound", { fields });
}

/** Whether this user of Kommo gets leads at all, from the next claim on. */
export async function pauseRecipient(
  { userId, isPaused }: { userId: number; isPaused: boolean },
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute((tx) => savePause({ userId, isPaused }, personId, tx, now));
}

async function savePause(
  { userId, isPaused }: { userId: number; isPaused: boolean },
  personId: string,
  tx: Db,
  now: number,
): Promise<void> {
  const row = { paused_at: isPaused ? now : null, paused_by: isPaused ? personId : null };
  await tx
    .insertInto("recipients")
    .values({ user_id: userId, refused_at: null, ...row })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(row))
    .execute();
  const action = isPaused ? "recipient_paused" : "recipient_resumed";
  await writeAudit({ person_id: personId, action, detail: { kommoUserId: userId } }, tx, now);
}

/**
 * The same by the person. Throws `not_found` when nobody knows which user of Kommo that is, and `forbidden` where somebody
 * else has paused them.
 */
export async function pauseOwnLeads(
  isPaused: boolean,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const own = await findOwnRecipient(personId, tx);
    if (!own) throw new AppError("not_found");
    if (own.isPausedByOther) throw new AppError("forbidden");
    await savePause({ userId: own.userId, isPaused }, personId, tx, now);
  });
}

/** After Kommo has refused a user as a recipient: it is tried again. */
export async function clearRefusal(
  userId: number,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("recipients")
      .set({ refused_at: null })
      .where("user_id", "=", userId)
      .where("refused_at", "is not", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    const detail = { kommoUserId: userId };
    await writeAudit({ person_id: personId, action: "recipient_used_again", detail }, tx, now);
  });
}

/** Which user of Kommo a person is; null goes by the e-mail. Throws `not_found`. */
export async function saveKommoUser(
  { personId, userId }: { personId: string; userId: number | null },
  by: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const query = tx.selectFrom("people").select("kommo_user_id").where("id", "=", personId);
    const before = await lockRows(tx, query).executeTakeFirst();
    if (!before) throw new AppError("not_found");
    if (before.kommo_user_id === userId) return;
    await tx.updateTable("people").set({ kommo_user_id: userId }).where("id", "=", personId).execute();
    await writeAudit({ person_id: by, action: "person_changed", subject_id: personId }, tx, now);
  });
}
