import type { Db } from "@/lib/db/client";
import { listPage } from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";

/** A page of the list, as its address asks for it. */
export function readList(db: Db, address: Record<string, string> = {}, authorId?: string) {
  return listPage(historySchema.parse(address), { authorId }, db, "RU");
}
