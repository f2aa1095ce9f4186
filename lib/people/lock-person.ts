import "server-only";
import { type Db, lockRows } from "@/lib/db/client";

/** Before anything of theirs is: whoever ends sessions or links locks in this order, so that no two wait for each other. */
export async function lockPerson(id: string, tx: Db): Promise<void> {
  await lockRows(tx, tx.selectFrom("people").select("id").where("id", "=", id)).execute();
}
