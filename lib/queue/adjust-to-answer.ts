import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { Exchange } from "@/lib/kommo/client";
import { toUnclear } from "@/lib/kommo/problem";
import { log } from "@/lib/log";
import { getMetrics } from "@/lib/metrics/registry";
import { slowDown, speedUp } from "@/lib/rate-limit/lanes";
import { haltQueue } from "./halt";

/** How a request to Kommo ended: *absent* when what was looked for is not there. */
export type AttemptOutcome = ErrorCode | "confirmed" | "absent";

/** What an answer means for the whole queue: a refused connection halts it, a 429 slows it, a success speeds it up. */
export async function adjustToAnswer(
  result: AppError | AttemptOutcome,
  exchange: Exchange | undefined,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const outcome = result instanceof AppError ? result.code : result;
  const { attempts, latency } = getMetrics();
  attempts.inc({ outcome });
  if (exchange) latency.observe(exchange.durationMs / 1000);
  if (outcome === "confirmed" || outcome === "absent") return speedUp(db);

  log.warn({ outcome, status: exchange?.status, ms: exchange?.durationMs }, "attempt");
  if (!(result instanceof AppError)) return;
  if (result.code === "too_many_requests") return slowDown(Number(result.detail ?? 0), db, now);
  const { status, retryAfterSeconds } = toUnclear(result);
  if (result.code === "unclear" && status === 429) return slowDown(retryAfterSeconds, db, now);
  if (result.kind === "connection" && (await haltQueue(result.code, db, now))) {
    log.error({ code: outcome }, "Kommo refuses the connection: the queue is halted, leads are safe");
  }
}
