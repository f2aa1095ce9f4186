import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { rollBack } from "@/lib/mapping/mutations";
import { tryRefresh } from "./refresh-catalogue";

/** As publishMapping, with a version that stood before. */
export async function rollBackMapping(
  wanted: Parameters<typeof rollBack>[0],
  personId: string,
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<void> {
  await tryRefresh({ isPerson: true }, db, now);
  await rollBack(wanted, personId, db, now());
}
