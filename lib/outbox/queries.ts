import "server-only";
import { sql } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import { errorKinds } from "@/lib/errors";
import { statesUnderWay } from "@/lib/leads/schema";
import { findLastBeat } from "./heartbeat";

// A round takes at most one request's time-out and its place in the budget.
const BEAT_WITHIN_MS = 60_000;
const UNSENT_WITHIN_MS = 60 * 60 * 1000;

export type Health = {
  status: "ok" | "failing";
  database: "ok" | "failing";
  sender: "ok" | "failing";
  kommo: string;
  oldestUnsentSeconds: number | null;
};

/** Never throws: a database that does not answer is what the page is to say. */
export async function getHealth(db: Db = getDb(), now = Date.now()): Promise<Health> {
  const sender = now - (findLastBeat() ?? 0) < BEAT_WITHIN_MS ? "ok" : "failing";
  try {
    const kommo = await findConnectionProblem(db);
    const oldest = await findOldestUnsent(db);
    const isLate = oldest !== undefined && now - oldest > UNSENT_WITHIN_MS;
    const oldestUnsentSeconds = oldest === undefined ? null : Math.round((now - oldest) / 1000);
    const status = sender === "ok" && !kommo && !isLate ? "ok" : "failing";
    return { status, database: "ok", sender, kommo: kommo ?? "ok", oldestUnsentSeconds };
  } catch {
    return { status: "failing", database: "failing", sender, kommo: "unknown", oldestUnsentSeconds: null };
  }
}

/** The code of the last attempt, when it tells of the connection rather than of a lead. */
async function findConnectionProblem(db: Db): Promise<string | undefined> {
  const last = await db
    .selectFrom("attempts")
    .select("outcome")
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return Object.entries(errorKinds).find(
    ([code, kind]) => code === last?.outcome && kind === "connection",
  )?.[0];
}

async function findOldestUnsent(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom("leads")
    .select(sql<number | null>`min(created_at)`.as("oldest"))
    .where("state", "in", statesUnderWay)
    .executeTakeFirst();
  return row?.oldest ?? undefined;
}
