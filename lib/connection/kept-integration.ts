import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { keepForeseen } from "@/lib/errors";
import type { Integration } from "@/lib/kommo/schema";
import { seal, unseal } from "@/lib/seal";

const ID = "kommo";
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** `accountUrl`: the account that was typed with it. The secret is undefined where the seal can no longer be opened. */
export type Kept = Omit<Integration, "clientSecret"> & {
  clientSecret: string | undefined;
  accountUrl: string | null;
};

/** What an admin has entered and nothing is connected by, as Kommo's page was denied or never came back. */
export async function findKeptIntegration(db: Db = getDb()): Promise<Kept | undefined> {
  const row = await db
    .selectFrom("kept_integrations")
    .select(["client_id", "secret_sealed", "redirect_uri", "account_url"])
    .where("id", "=", ID)
    .executeTakeFirst();
  return (
    row && {
      clientId: row.client_id,
      clientSecret: toSecret(row.secret_sealed),
      redirectUri: row.redirect_uri,
      accountUrl: row.account_url,
    }
  );
}

/** In the place of the one before. What is connected stays as it is. */
export async function keepIntegration(
  { clientId, clientSecret, redirectUri }: Integration,
  accountUrl: string | null,
  db: Db,
  now: number,
): Promise<void> {
  const row = {
    client_id: clientId,
    secret_sealed: seal(clientSecret, getEnv().secret, "kommo client secret"),
    redirect_uri: redirectUri,
    account_url: accountUrl,
    kept_at: now,
  };
  await db
    .insertInto("kept_integrations")
    .values({ id: ID, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

/** Something is connected. */
export async function forgetKeptIntegration(db: Db): Promise<void> {
  await db.deleteFrom("kept_integrations").execute();
}

/** Keys are not kept for longer than somebody is likely to come back for them. */
export async function pruneKeptIntegration(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("kept_integrations")
    .where("kept_at", "<=", now - KEPT_MS)
    .execute();
}

function toSecret(sealed: string): string | undefined {
  try {
    return unseal(sealed, getEnv().secret, "kommo client secret");
  } catch (error) {
    keepForeseen(error);
    return undefined;
  }
}
