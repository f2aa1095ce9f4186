import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import type { Attempt } from "@/lib/delivery/record";
import { AppError } from "@/lib/errors";
import type { Exchange } from "@/lib/kommo/client";
import { log } from "@/lib/log";
import { getMetrics } from "@/lib/metrics/registry";
import { slowDown, speedUp } from "@/lib/rate-limit/budget";
import { rest } from "./halt";

/** What an answer means for the whole queue: a refused connection lets it rest, a 429 slows it, a success speeds it up. */
export async function react(
  result: AppError | Attempt["outcome"],
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
  if (result.kind === "connection" && (await rest(result.code, db, now))) {
    log.error({ code: outcome }, "Kommo refuses the connection: the queue rests, leads are safe");
  }
}
