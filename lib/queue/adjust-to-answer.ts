import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { AppError, type ErrorCode } from "@/lib/errors";
import { findAskedBy } from "@/lib/kommo/asked-by";
import type { Exchange } from "@/lib/kommo/client";
import { toRetryAfterSeconds, toUnclear } from "@/lib/kommo/problem";
import { log } from "@/lib/log";
import { getMetrics } from "@/lib/metrics/registry";
import { slowDown, speedUp } from "@/lib/rate-limit/lanes";
import { haltQueue, type RefusedCall } from "./halt";

/** How a request to Kommo ended: *absent* when what was looked for is not there. */
export type AttemptOutcome = ErrorCode | "confirmed" | "absent";

/**
 * What an answer means for the whole queue: a refused connection halts it, one that asks for silence slows it, a success
 * speeds it up. `call`: what was asked.
 */
export async function adjustToAnswer(
  result: AppError | AttemptOutcome,
  exchange: Exchange | undefined,
  db: Db = getDb(),
  now = tellTime(),
  call: RefusedCall = "reading",
): Promise<void> {
  const outcome = result instanceof AppError ? result.code : result;
  const { attempts, latency } = getMetrics();
  attempts.inc({ outcome });
  if (exchange) latency.observe(exchange.durationMs / 1000);
  if (outcome === "confirmed" || outcome === "absent") return speedUp(db);

  log.warn({ outcome, status: exchange?.status, ms: exchange?.durationMs }, "attempt");
  if (!(result instanceof AppError)) return;
  const silenceSeconds = toRetryAfterSeconds(result);
  const isTooMany =
    result.code === "too_many_requests" || (result.code === "unclear" && toUnclear(result).status === 429);
  if (isTooMany || silenceSeconds > 0) return slowDown(silenceSeconds, db, now);
  if (result.kind !== "connection") return;
  if (await haltQueue(result.code, db, now, call, findAskedBy(result))) {
    log.error({ code: outcome }, "Kommo refuses the connection: the queue is halted, leads are safe");
  }
}
