import "server-only";
import { tellTime } from "@/lib/clock";
import { lockConnection } from "@/lib/connection/lock-in-force";
import { saveConnection } from "@/lib/connection/mutations";
import type { NewConnection } from "@/lib/connection/schema";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv, isPractice } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { getAccount } from "@/lib/kommo/catalogue";
import { resumeQueue } from "@/lib/queue/halt";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { bindAccount } from "./bind-account";
import { reclaimAccount } from "./claim-account";

const RETRY_PAUSES_MS = [250, 500, 1000];

/**
 * Tries the token at once and keeps it only if it opens the account that our leads are in; the old one works until then.
 * Throws `read_only` where the settings give the token, what callKommo throws, and `other_account`.
 */
export async function connectAccount(
  wanted: NewConnection,
  personId: string,
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  const { kommo } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) throw new AppError("read_only");
  const connection = { baseUrl: wanted.subdomain, token: wanted.token };
  const slot = () => takeSlot({ lane: "people", db, now });
  const account = await getAccount({ slot, connection, retryPausesMs: RETRY_PAUSES_MS });
  await db.transaction().execute(async (tx) => {
    await lockConnection(tx);
    await reclaimAccount(isPractice(wanted.subdomain) ? "practice" : "kommo", tx);
    await bindAccount(account.id, connection, tx);
    await saveConnection(wanted, personId, tx, now());
    await resumeQueue(tx);
  });
}
