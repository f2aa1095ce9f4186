import type { World } from "../state/world.ts";
import { isPoisoned } from "./incoming/check-items.ts";

/** How the gateway ends a request that takes Kommo too long, before anything of it is applied; undefined when it does not. */
export function findEndOfPatience(
  { switches: { mostItems }, poison }: Pick<World, "switches" | "poison">,
  body: unknown,
): "504" | "hang" | undefined {
  const items: unknown[] = Array.isArray(body) ? body : [];
  if (mostItems !== null && items.length > mostItems) return "504";
  if (!poison?.effect || poison.effect === "refused") return undefined;
  return items.some((item) => isPoisoned(poison, item)) ? poison.effect : undefined;
}
