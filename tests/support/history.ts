import type { Db } from "@/lib/db/client";
import { getPage } from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";

/** A page of the list, as its address asks for it. */
export function readList(db: Db, address: Record<string, string> = {}, authorId?: string) {
  return getPage(historySchema.parse(address), { authorId }, db, "RU");
}
