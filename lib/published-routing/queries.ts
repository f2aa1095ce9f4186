import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { decisionSchema, type RouteDecision, type Routing, routingSchema } from "@/lib/domain/routing/schema";

export type PublishedRouting = { version: number; routing: Routing };

/** The rules in force; undefined before any were published. */
export async function findRouting(db: Db = getDb()): Promise<PublishedRouting | undefined> {
  const row = await db
    .selectFrom("routings")
    .select(["version", "body"])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { version: row.version, routing: toRoutingOnce(row.body) };
}

// It is read for every batch: the same text is the same rules, which nobody changes.
let last: { body: string; routing: Routing } | undefined;

function toRoutingOnce(body: string): Routing {
  if (last?.body !== body) last = { body, routing: toRouting(body) };
  return last.routing;
}

export function toRouting(body: string): Routing {
  return routingSchema.parse(JSON.parse(body));
}

/** The decision as it was written to a lead; null where there is none, or none that can be read. */
export function toDecision(text: string | null): RouteDecision | null {
  if (text === null) return null;
  try {
    return decisionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
