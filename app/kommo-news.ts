import { findTokenWarning } from "@/lib/connection/queries";
import type { Person } from "@/lib/people/schema";
import { countDrift } from "@/lib/published-mapping/queries";

/** What the frame tells an admin of Kommo on every page. */
export async function getKommoNews(user: Person) {
  if (user.role !== "admin") return null;
  return { drift: await countDrift(), tokenEnd: (await findTokenWarning())?.expiresAt ?? null };
}
