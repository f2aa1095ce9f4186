import "server-only";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import type { Connection, Integration } from "@/lib/kommo/schema";
import { unseal } from "@/lib/seal";

const ID = "kommo";

/** What renews the connection. Secrets are in the clear; `refreshSealed` tells one pair of tokens from the next. */
export type Grant = {
  connection: Connection;
  integration: Integration;
  refreshToken: string;
  refreshSealed: string;
  apiUrl: string | null;
  renewedAt: number;
  renewAt: number;
  triedAt: number | null;
  problem: string | null;
  disabledAt: number | null;
};

/** What opens the account where there is no grant: a long-lived token, which nothing renews. Throws `seal_broken`. */
export async function findLongLived(db: Db): Promise<Connection | undefined> {
  const row = await db
    .selectFrom("connections")
    .select(["base_url", "token_sealed", "set_at"])
    .where("id", "=", ID)
    .executeTakeFirst();
  if (!row) return undefined;
  const token = unseal(row.token_sealed, getEnv().secret, "kommo token");
  return { baseUrl: row.base_url, token, setAt: row.set_at, recover: undefined };
}

/** Undefined for a long-lived token. Throws `seal_broken`. */
export async function findGrant(db: Db): Promise<Grant | undefined> {
  const row = await db
    .selectFrom("grants")
    .innerJoin("connections", "connections.id", "grants.id")
    .selectAll("grants")
    .select(["base_url", "token_sealed", "set_at"])
    .where("grants.id", "=", ID)
    .executeTakeFirst();
  if (!row) return undefined;
  const { secret } = getEnv();
  return {
    connection: {
      baseUrl: row.base_url,
      token: unseal(row.token_sealed, secret, "kommo token"),
      setAt: row.set_at,
    },
    integration: {
      clientId: row.client_id,
      clientSecret: unseal(row.secret_sealed, secret, "kommo client secret"),
      redirectUri: row.redirect_uri,
    },
    refreshToken: unseal(row.refresh_sealed, secret, "kommo refresh token"),
    refreshSealed: row.refresh_sealed,
    apiUrl: row.api_url,
    renewedAt: row.renewed_at,
    renewAt: row.renew_at,
    triedAt: row.tried_at,
    problem: row.problem,
    disabledAt: row.disabled_at,
  };
}
