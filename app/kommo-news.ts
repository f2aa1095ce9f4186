import { findTokenWarning } from "@/lib/connection/queries";
import type { Person } from "@/lib/people/schema";
import { countDrift } from "@/lib/published-mapping/queries";
import { countRoutingDrift } from "@/lib/routing/queries";

/** What every page shows a head and an admin about Kommo, each of what they may change. */
export async function getKommoNews({ role }: Person) {
  if (role === "seller") return null;
  const routingDrift = await countRoutingDrift();
  if (role === "head") return { drift: 0, routingDrift, tokenEnd: null };
  const tokenEnd = (await findTokenWarning())?.expiresAt ?? null;
  return { drift: await countDrift(), routingDrift, tokenEnd };
}
