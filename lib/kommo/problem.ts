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

/** What speaks: Kommo's application, a gateway in front of it, or nobody, when no answer came. */
export type Origin = "application" | "gateway" | "nobody";

/** Why it is not known whether a POST was applied. `retryAfterSeconds`: the silence that a 429 asks for. */
export type Unclear = { origin: Origin; status: number | null; retryAfterSeconds: number };

type Answer = { method: "GET" | "POST"; status: number; text: string; contentType: string };

/** Statuses by which Kommo's application refuses a whole request before it does anything with it. */
const UNTAKEN = [405, 413, 415, 422];

/**
 * Turns an answer that is not a success into an error (docs/kommo-api.md §1.3). A rejection carries its validation groups as
 * `detail`, a 429 the seconds of silence it asks for. After a POST only rejections and refusals by Kommo's application say
 * that nothing was applied; everything else is `unclear`, with an `Unclear` as detail.
 */
export function toProblem({ method, status, text, contentType }: Answer): AppError {
  const refusal = status === 400 || status === 422 ? refusalSchema.safeParse(parseJson(text)) : undefined;
  if (refusal?.success) return new AppError("refused", { detail: refusal.data["validation-errors"] });
  if (method === "POST") return toPostProblem({ status, text, contentType });
  const code = CODES[status];
  if (code === "too_many_requests") return new AppError(code, { detail: findRetryAfter(text) });
  if (code) return new AppError(code);
  return new AppError(status >= 300 && status < 400 ? "account_missing" : "busy");
}

function toPostProblem({ status, text, contentType }: Omit<Answer, "method">): AppError {
  const code = CODES[status];
  const isOfKommo = contentType.startsWith("application/problem+json");
  if (isOfKommo && code && code !== "too_many_requests") return new AppError(code);
  if (UNTAKEN.includes(status)) return new AppError("not_accepted");
  return unclear(parseJson(text) === undefined ? "gateway" : "application", status, findRetryAfter(text));
}

/** A success that cannot be read: it may have been applied all the same. */
export function toUnreadable(method: "GET" | "POST", text: string, cause: unknown): AppError {
  if (method === "GET") return new AppError("busy", { cause });
  return unclear(parseJson(text) === undefined ? "gateway" : "application", 200, 0, cause);
}

/** A request that left without an answer: a POST may have been applied. */
export function toNetworkProblem(method: "GET" | "POST", cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  return method === "POST" ? unclear("nobody", null, 0, cause) : new AppError("unreachable", { cause });
}

function unclear(
  origin: Origin,
  status: number | null,
  retryAfterSeconds: number,
  cause?: unknown,
): AppError {
  return new AppError("unclear", { detail: { origin, status, retryAfterSeconds } satisfies Unclear, cause });
}

/** The details of an error whose code is `unclear`. One that names none comes from nobody. */
export function toUnclear({ detail }: AppError): Unclear {
  return (detail as Unclear | undefined) ?? { origin: "nobody", status: null, retryAfterSeconds: 0 };
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
