import "server-only";
import { type Db, lockRows } from "@/lib/db/client";

/** Lock the person before their sessions and links. With this order no two transactions can deadlock. */
export async function lockPerson(id: string, tx: Db): Promise<void> {
  await lockRows(tx, tx.selectFrom("people").select("id").where("id", "=", id)).execute();
}
