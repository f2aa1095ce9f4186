import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { statesUnderWay } from "@/lib/domain/lead/states";
import { getQueueStop } from "@/lib/queue/queries";
import { countRequests } from "@/lib/rate-limit/lanes";
import { type Delivery, deliverySchema } from "./schema";

const STUCK_SHOWN = 200;

/** Everything the delivery page shows, in one answer. */
export async function getDelivery(db: Db = getDb(), now = Date.now()): Promise<Delivery> {
  const { last_success } = await db.selectFrom("sender").select("last_success").executeTakeFirstOrThrow();
  const counts = await db
    .selectFrom("leads")
    .select(["state", (eb) => eb.fn.countAll<number>().as("count")])
    .groupBy("state")
    .execute();
  return deliverySchema.parse({
    now,
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, Number(count)])),
    oldestWaiting: (await findOldestWaiting(db)) ?? null,
    lastSuccess: last_success,
    requestsLastMinute: await countRequests(db, now),
    queueStop: await getQueueStop(db),
    stuck: await listStuck(db),
  });
}

async function listStuck(db: Db) {
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(["leads.id", "leads.name", "leads.surname", "people.name as author"])
    .select(["leads.state", "leads.problem", "leads.sent_at as sentAt", "leads.created_at as createdAt"])
    .where("leads.state", "in", ["needs_fix", "needs_admin"])
    .orderBy("leads.created_at")
    .limit(STUCK_SHOWN)
    .execute();
  return rows.map(({ name, surname, ...row }) => ({
    ...row,
    title: [name, surname].filter(Boolean).join(" "),
  }));
}

/** The oldest lead that is still on its way. */
export function findOldestWaiting(db: Db) {
  return db
    .selectFrom("leads")
    .select(["id", "created_at as createdAt"])
    .where("state", "in", statesUnderWay)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
}
