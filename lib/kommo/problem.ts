import "server-only";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors";
import { refusalSchema } from "./schema";

const CODES: Partial<Record<number, ErrorCode>> = {
  401: "token_refused",
  402: "plan_unpaid",
  403: "blocked",
  404: "account_missing",
  429: "too_many_requests",
};

const LONGEST_SILENCE_SECONDS = 3600;
const retryAfterSchema = z.object({ retry_after: z.coerce.number().min(0) });

/**
 * Turns an answer that is not a success into an error (docs/kommo-api.md §1.3). A refusal carries its validation groups
 * as `detail`, a 429 the seconds of silence it asks for; a 400 or 422 without them is Kommo's own trouble, hence temporary. After a 504 a POST may stand applied.
 */
export function toProblem(method: "GET" | "POST", status: number, text: string): AppError {
  const code = CODES[status];
  if (code === "too_many_requests") return new AppError(code, { detail: findRetryAfter(text) });
  if (code) return new AppError(code);
  if (status >= 300 && status < 400) return new AppError("account_missing");
  if (status === 504 && method === "POST") return new AppError("unclear");

  const refusal = status === 400 || status === 422 ? refusalSchema.safeParse(parseJson(text)) : undefined;
  return refusal?.success
    ? new AppError("refused", { detail: refusal.data["validation-errors"] })
    : new AppError("busy");
}

/** A request that left without an answer: a POST may have been applied. */
export function toNetworkProblem(method: "GET" | "POST", cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError(method === "POST" ? "unclear" : "unreachable", { cause });
}

/** Seconds of silence that a 429 asks for in its body; 0 when it says nothing (docs/kommo-api.md §8). */
function findRetryAfter(answer: string): number {
  const asked = retryAfterSchema.safeParse(parseJson(answer)).data?.retry_after ?? 0;
  return Math.min(asked, LONGEST_SILENCE_SECONDS);
}

/** Undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
