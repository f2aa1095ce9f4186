import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";

const MARK_BYTES = 16;

/** In the transaction that deletes them. */
export async function noteGone(ids: readonly string[], tx: Db, secret = getEnv().secret): Promise<void> {
  await tx
    .insertInto("gone_leads")
    .values(toMarks(ids, secret).map((mark) => ({ mark })))
    .onConflict((conflict) => conflict.column("mark").doNothing())
    .execute();
}

/** Those of these ids whose leads were deleted here. */
export async function listGone(
  ids: readonly string[],
  db: Db,
  secret = getEnv().secret,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const marks = toMarks(ids, secret);
  const rows = await db.selectFrom("gone_leads").select("mark").where("mark", "in", marks).execute();
  const gone = new Set(rows.map(({ mark }) => mark));
  return new Set(ids.filter((_, index) => gone.has(marks[index] ?? "")));
}

export async function isGoneLead(id: string, db: Db): Promise<boolean> {
  return (await listGone([id], db)).has(id);
}

/** The id of a website's lead is made of what it says: without the secret nobody can try words until one fits. */
function toMarks(ids: readonly string[], secret: string): string[] {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "gone leads", 32));
  return ids.map((id) =>
    createHmac("sha256", key).update(id).digest().subarray(0, MARK_BYTES).toString("base64url"),
  );
}
