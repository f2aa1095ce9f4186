import { findTokenWarning } from "@/lib/connection/queries";
import type { Person } from "@/lib/people/schema";
import { countDrift } from "@/lib/published-mapping/queries";

/** What every page shows an admin about Kommo. */
export async function getKommoNews(user: Person) {
  if (user.role !== "admin") return null;
  return { drift: await countDrift(), tokenEnd: (await findTokenWarning())?.expiresAt ?? null };
}
