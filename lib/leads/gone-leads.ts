import "server-only";
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { sql } from "kysely";
import { type Db, isPostgres } from "@/lib/db/client";
import { getEnv } from "@/lib/env";

const MARK_BYTES = 16;

/** Deleted here; or undone by its author while its request was still on the way. */
type Gone = "deleted" | "undone";

/** In the transaction that deletes them. */
export async function noteDeleted(ids: readonly string[], tx: Db, secret = getEnv().secret): Promise<void> {
  const marks = toMarks(ids, secret).map((mark) => ({ mark, undone_at: null }));
  await tx
    .insertInto("gone_leads")
    .values(marks)
    .onConflict((conflict) => conflict.column("mark").doNothing())
    .execute();
}

/** Where there is no such lead, it is not to come any more either. Answers why there is none; undefined where there is one. */
export async function noteUndone(id: string, tx: Db, now: number): Promise<Gone | undefined> {
  if (await isHere(id, tx)) return undefined;
  if (isPostgres(tx)) {
    // A press of this moment has either been saved before this lock, or sees what is written here.
    await sql`lock table leads in share row exclusive mode`.execute(tx);
    if (await isHere(id, tx)) return undefined;
  }
  const marks = toMarks([id], getEnv().secret).map((mark) => ({ mark, undone_at: now }));
  await tx
    .insertInto("gone_leads")
    .values(marks)
    .onConflict((conflict) => conflict.column("mark").doNothing())
    .execute();
  return findGone(id, tx);
}

async function isHere(id: string, tx: Db): Promise<boolean> {
  const lead = await tx.selectFrom("leads").select("id").where("id", "=", id).executeTakeFirst();
  return lead !== undefined;
}

/** Those of these ids under which nothing is saved any more, and why. */
export async function listGone(
  ids: readonly string[],
  db: Db,
  secret = getEnv().secret,
): Promise<Map<string, Gone>> {
  if (ids.length === 0) return new Map();
  const byMark = new Map(toMarks(ids, secret).map((mark, index) => [mark, ids[index] ?? ""]));
  const rows = await db
    .selectFrom("gone_leads")
    .select(["mark", "undone_at"])
    .where("mark", "in", [...byMark.keys()])
    .execute();
  return new Map(
    rows.map(({ mark, undone_at }) => [byMark.get(mark) ?? "", undone_at === null ? "deleted" : "undone"]),
  );
}

export async function findGone(id: string, db: Db): Promise<Gone | undefined> {
  return (await listGone([id], db)).get(id);
}

let last: { secret: string; key: KeyObject } | undefined;

/** As an object: Node would make one of the bytes for each mark, which takes three times as long as the mark. */
function toKey(secret: string): KeyObject {
  if (last?.secret !== secret) {
    const bytes = new Uint8Array(hkdfSync("sha256", secret, "", "gone leads", 32));
    last = { secret, key: createSecretKey(bytes) };
  }
  return last.key;
}

/** The id of a website's lead is made of what it says: without the secret nobody can try words until one fits. */
function toMarks(ids: readonly string[], secret: string): string[] {
  const key = toKey(secret);
  return ids.map((id) =>
    createHmac("sha256", key).update(id).digest().subarray(0, MARK_BYTES).toString("base64url"),
  );
}
