import { findTokenWarning } from "@/lib/connection/queries";
import { countDrift } from "@/lib/mapping/queries";
import type { Person } from "@/lib/people/schema";

/** What the frame tells an admin of Kommo on every page. */
export async function getKommoNews(user: Person) {
  if (user.role !== "admin") return null;
  return { drift: await countDrift(), tokenEnd: (await findTokenWarning())?.expiresAt ?? null };
}
