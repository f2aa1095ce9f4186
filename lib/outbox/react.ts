import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { type ErrorCode, errorKinds } from "@/lib/errors";
import type { Exchange } from "@/lib/kommo/client";
import { findRetryAfter } from "@/lib/kommo/problem";
import { log } from "@/lib/log";
import { getMetrics } from "@/lib/metrics/registry";
import { slowDown, speedUp } from "./budget";
import { rest } from "./rest";

/** What an answer means for the whole queue: a refused connection lets it rest, a 429 slows it, a success speeds it up. */
export async function react(
  outcome: ErrorCode | "confirmed" | "absent",
  exchange: Exchange | undefined,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const { attempts, latency } = getMetrics();
  attempts.inc({ outcome });
  if (exchange) latency.observe(exchange.durationMs / 1000);
  if (outcome === "confirmed" || outcome === "absent") return speedUp(db);
  log.warn({ outcome, status: exchange?.status, ms: exchange?.durationMs }, "attempt");

  if (outcome === "too_many_requests") return slowDown(findRetryAfter(exchange?.answer), db, now);
  if (errorKinds[outcome] === "connection" && (await rest(outcome, db, now))) {
    log.error({ code: outcome }, "Kommo refuses the connection: the queue rests, leads are safe");
  }
}
