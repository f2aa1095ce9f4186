import "server-only";
import { type Db, lockRows } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import type { Connection } from "@/lib/kommo/schema";

/**
 * Whether no admin has replaced the connection since Kommo was asked by it: what it has said is of another account
 * otherwise, or of a token that nobody uses any more. Until the transaction ends nobody replaces it. A renewed token is of
 * the same grant.
 */
export async function lockInForce({ setAt }: Connection, tx: Db): Promise<boolean> {
  const { kommo } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) return true;
  await lockConnection(tx);
  const row = await tx.selectFrom("connections").select("set_at").executeTakeFirst();
  return row?.set_at === setAt;
}

/** Taken by whoever replaces the connection before anything else. There is a row to lock before there is a connection. */
export async function lockConnection(tx: Db): Promise<void> {
  await lockRows(tx, tx.selectFrom("sender").select("id")).execute();
}
