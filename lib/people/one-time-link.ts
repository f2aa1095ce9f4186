import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { Db } from "@/lib/db/client";

const LINK_MS = 24 * 60 * 60 * 1000;

type Purpose = "setup" | "invite" | "reset";

/** Returns the token of a link that works once, within 24 hours. A new link ends the person's older ones. */
export async function createLink(
  purpose: Purpose,
  personId: string | null,
  tx: Db,
  now: number,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.deleteFrom("one_time_links").where("expires_at", "<", now).execute();
  if (personId) await endLinks(personId, tx);
  await tx
    .insertInto("one_time_links")
    .values({ token_hash: toTokenHash(token), purpose, person_id: personId, expires_at: now + LINK_MS })
    .execute();
  return token;
}

export async function endLinks(personId: string, tx: Db): Promise<void> {
  await tx.deleteFrom("one_time_links").where("person_id", "=", personId).execute();
}

/** The database keeps only a hash, so that a copy of it contains no working link. */
export function toTokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
