import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { publish } from "@/lib/mapping/mutations";
import { tryRefresh } from "./refresh-catalogue";
import { wakeFrom } from "./rest";

/**
 * Publishes what fits the account as it is at this moment: Kommo is read anew before. While it cannot be, what it listed
 * last stands. Throws what publish throws.
 */
export async function publishMapping(
  draft: Parameters<typeof publish>[0],
  personId: string,
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<void> {
  await tryRefresh({ isPerson: true }, db, now);
  await publish(draft, personId, db, now());
  // It names the pipeline that the queue has waited for.
  await wakeFrom("no_pipeline", db);
}
