import "server-only";
import { tryRefresh } from "@/lib/account/refresh-catalogue";
import { type Db, getDb } from "@/lib/db/client";
import { resumeQueueFrom } from "@/lib/queue/halt";
import { publish } from "./mutations";

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
  await resumeQueueFrom("no_pipeline", db);
}
