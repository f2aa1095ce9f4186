import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { listDeletedById, listLeadsById } from "@/lib/kommo/leads";
import type { ReadOwnRecords } from "./own-records";

/**
 * Whether Kommo shows any of our leads that should stand there. If none, its lists are not to be believed when they lack
 * another: the token may see some people's leads alone, or something between us and Kommo answers with an empty list. One in
 * the trash is shown too. Where no lead of ours should stand there, nothing can be tested.
 */
export async function isOursShown(
  own: Pick<ReadOwnRecords, "listNewestStanding">,
  options: CallOptions,
): Promise<boolean> {
  const ids = await own.listNewestStanding();
  if (ids.length === 0) return true;
  if ((await listLeadsById(ids, options)).length > 0) return true;
  return (await listDeletedById(ids, options)).length > 0;
}
