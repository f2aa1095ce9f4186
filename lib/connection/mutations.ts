import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { seal } from "@/lib/seal";
import type { NewConnection } from "./schema";
import { toTokenEnd } from "./to-token-end";

const ID = "kommo";

/** The token lies sealed; of it only the last four characters are ever shown. The next request uses it. */
export async function saveConnection(
  { subdomain, token }: NewConnection,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const row = {
    base_url: subdomain,
    token_sealed: seal(token, getEnv().secret, "kommo token"),
    last_four: token.slice(-4),
    expires_at: toTokenEnd(token),
    set_by: personId,
    set_at: now,
  };
  await db
    .insertInto("connections")
    .values({ id: ID, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  const detail = { account: subdomain };
  await writeAudit({ person_id: personId, action: "connection_set", detail }, db, now);
}
