import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { SILENT_AFTER_MS } from "@/lib/outcomes/constants";
import { unseal } from "@/lib/seal";
import type { HookState } from "./schema";

export async function findHookState(db: Db = getDb()): Promise<HookState | null> {
  const row = await db
    .selectFrom("kommo_hooks")
    .innerJoin("people", "people.id", "kommo_hooks.set_by")
    .innerJoin("outcome_reading", "outcome_reading.id", "kommo_hooks.id")
    .select(["secret_sealed", "set_at", "people.name as setBy", "last_at", "told_at"])
    .executeTakeFirst();
  if (!row) return null;
  const { secret_sealed, set_at: setAt, setBy, last_at: lastAt, told_at } = row;
  const secret = openSecret(secret_sealed);
  return {
    address: secret === null ? null : `${getEnv().appUrl}/api/kommo/hooks/${secret}`,
    ...{ setAt, setBy, lastAt },
    isSilent: told_at !== null && lastAt !== null && told_at - lastAt > SILENT_AFTER_MS,
  };
}

/** Takes the same time however much of it is right, and where there is no address at all. */
export async function isHookSecret(given: string, db: Db = getDb()): Promise<boolean> {
  const row = await db.selectFrom("kommo_hooks").select("secret_sealed").executeTakeFirst();
  const secret = row ? openSecret(row.secret_sealed) : null;
  const isSame = timingSafeEqual(toDigest(given), toDigest(secret ?? ""));
  return isSame && secret !== null;
}

export async function hasHook(db: Db = getDb()): Promise<boolean> {
  return (await db.selectFrom("kommo_hooks").select("id").executeTakeFirst()) !== undefined;
}

function openSecret(sealed: string): string | null {
  try {
    return unseal(sealed, getEnv().secret, "kommo hooks");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return null;
  }
}

function toDigest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
