import "server-only";
import { tryRefresh } from "@/lib/account/refresh-catalogue";
import { type Db, getDb } from "@/lib/db/client";
import { rollBack } from "./mutations";

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
