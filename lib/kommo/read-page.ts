import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CallOptions, callKommo } from "./client";
import { toRetryAfterSeconds } from "./problem";

// A longer silence is for the whole queue to keep, not for one reading to wait out.
const LONGEST_PAUSE_SECONDS = 5;

export type ReadOptions = CallOptions & {
  /** Milliseconds before a page that failed for the moment is asked for again, one for each time. Without: it is not. */
  retryPausesMs?: readonly number[];
  /** Told of each failure after which the page is asked for again. */
  onRetry?: (error: AppError) => Promise<void>;
};

/**
 * Reads one page by GET. A page that fails for the moment (unreachable, busy, 5xx, 429) is asked for again by itself, so
 * that a long reading does not begin anew. Throws as callKommo does: at once what will not pass by itself, and an answer that
 * asks for more than 5 s of silence (docs/kommo-api.md §8).
 */
export async function readPage<S extends z.ZodType>(
  path: string,
  schema: S,
  options: ReadOptions,
): Promise<z.output<S>> {
  const { retryPausesMs = [], onRetry, signal } = options;
  for (const pauseMs of retryPausesMs) {
    try {
      return await callKommo({ method: "GET", path }, schema, options);
    } catch (error) {
      if (!isPassing(error)) throw error;
      await onRetry?.(error);
      await wait(pauseMs, undefined, { signal });
    }
  }
  return callKommo({ method: "GET", path }, schema, options);
}

function isPassing(error: unknown): error is AppError {
  if (!(error instanceof AppError) || error.kind !== "temporary") return false;
  return toRetryAfterSeconds(error) <= LONGEST_PAUSE_SECONDS;
}
