import type { Db } from "@/lib/db/client";
import { getPage } from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";

/** One page of the list, for an address. */
export function readList(db: Db, address: Record<string, string> = {}, authorId?: string) {
  return getPage(historySchema.parse(address), { authorId }, db, "RU");
}
