import "server-only";
import { bindAccount } from "@/lib/account/bind-account";
import { reclaimAccount } from "@/lib/account/claim-account";
import { tellTime } from "@/lib/clock";
import { lockConnection } from "@/lib/connection/lock-in-force";
import { type NewGrant, saveGrant } from "@/lib/connection/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { isPractice } from "@/lib/env";
import { getAccount } from "@/lib/kommo/catalogue";
import { exchangeCode } from "@/lib/kommo/oauth";
import { resumeQueue } from "@/lib/queue/halt";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { getIntegration, requireChangeable } from "./find-integration";
import type { NewCode } from "./schema";

const EXCHANGE_TIMEOUT_MS = 20_000;
const RETRY_PAUSES_MS = [250, 500, 1000];

/** Connects by a code that was copied from Kommo's window. Throws as connectGrant does, and `invalid` without an integration. */
export async function connectByCode(
  { subdomain, integration, code }: NewCode,
  personId: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  requireChangeable();
  const known = await getIntegration(integration, db);
  await connectGrant({ baseUrl: subdomain, integration: known, way: "code" }, code, personId, db, now);
}

/**
 * Exchanges the code at once, and keeps the tokens only if they open the account that our leads are in; the connection of
 * before works until then. Throws what exchangeCode and callKommo throw, `read_only` and `other_account`.
 */
export async function connectGrant(
  { baseUrl, integration, way }: Omit<NewGrant, "tokens">,
  code: string,
  personId: string,
  db: Db,
  now: () => number,
): Promise<void> {
  requireChangeable();
  // Somebody waits at the keyboard, and the code ends.
  const slot = () => takeSlot({ lane: "people", db, now });
  const signal = AbortSignal.timeout(EXCHANGE_TIMEOUT_MS);
  const tokens = await exchangeCode(baseUrl, integration, code, { slot, signal });
  const connection = { baseUrl, token: tokens.accessToken };
  const account = await getAccount({ slot, connection, retryPausesMs: RETRY_PAUSES_MS });
  await db.transaction().execute(async (tx) => {
    await lockConnection(tx);
    await reclaimAccount(isPractice(baseUrl) ? "practice" : "kommo", tx);
    await bindAccount(account.id, connection, tx);
    await saveGrant({ baseUrl, integration, way, tokens }, personId, tx, now());
    await resumeQueue(tx);
  });
}
