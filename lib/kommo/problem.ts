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
// Kommo's words for a right that the token was not given; any other 403 is a block (docs/kommo-api.md §1.3).
const SCOPE = /\bscope\b/i;
const retryAfterSchema = z.object({ retry_after: z.coerce.number().min(0) });

/** What speaks: Kommo's application, a gateway in front of it, or nobody, when no answer came. */
export type Origin = "application" | "gateway" | "nobody";

/** Why it is not known whether a POST was applied. `retryAfterSeconds`: the silence that a 429 or a 503 asks for. */
export type Unclear = { origin: Origin; status: number | null; retryAfterSeconds: number };

type Answer = {
  method: "GET" | "POST";
  status: number;
  text: string;
  contentType: string;
  /** The header of that name: seconds, or a date. */
  retryAfter?: string;
};

/** Statuses by which Kommo's application refuses a whole request before it does anything with it. */
const UNTAKEN = [405, 413, 415, 422];

/**
 * Turns an answer that is not a success into an error (docs/kommo-api.md §1.3). A rejection carries its validation groups as
 * `detail`, a 429 or 5xx the seconds of silence it asks for. After a POST only rejections and refusals by Kommo's application say
 * that nothing was applied; everything else is `unclear`, with an `Unclear` as detail.
 */
export function toProblem(answer: Answer): AppError {
  const { method, status, text } = answer;
  const refusal = status === 400 || status === 422 ? refusalSchema.safeParse(parseJson(text)) : undefined;
  if (refusal?.success) return new AppError("refused", { detail: refusal.data["validation-errors"] });
  if (method === "POST") return toPostProblem(answer);
  const code = toCode(status, text) ?? (status >= 300 && status < 400 ? "account_missing" : "busy");
  const isPassing = code === "too_many_requests" || code === "busy";
  return new AppError(code, isPassing ? { detail: findRetryAfter(answer) } : {});
}

function toCode(status: number, text: string): ErrorCode | undefined {
  return status === 403 && SCOPE.test(text) ? "scope_missing" : CODES[status];
}

/** A 403: the token, or its person, may not ask this. It may be able to do everything else. */
export function isForbidden({ code }: AppError): boolean {
  return code === "blocked" || code === "scope_missing";
}

function toPostProblem(answer: Answer): AppError {
  const { status, text, contentType } = answer;
  const code = toCode(status, text);
  const isOfKommo = contentType.startsWith("application/problem+json");
  if (isOfKommo && code && code !== "too_many_requests") return new AppError(code);
  if (UNTAKEN.includes(status)) return new AppError("not_accepted");
  return unclear(parseJson(text) === undefined ? "gateway" : "application", status, findRetryAfter(answer));
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

/** The seconds of silence that an error asks for; 0 when it asks for none. */
export function toRetryAfterSeconds(error: AppError): number {
  if (error.code === "unclear") return toUnclear(error).retryAfterSeconds;
  return typeof error.detail === "number" ? error.detail : 0;
}

/**
 * Seconds of silence that an answer asks for in its body or, as gateways do, in its header; 0 when it says nothing
 * (docs/kommo-api.md §8).
 */
function findRetryAfter({ text, retryAfter = "" }: Answer): number {
  const inBody = retryAfterSchema.safeParse(parseJson(text)).data?.retry_after ?? 0;
  const inHeader = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Math.min(Math.max(inBody, inHeader || 0, 0), LONGEST_SILENCE_SECONDS);
}

/** Undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
