import "server-only";
import { AppError, type ErrorCode } from "@/lib/errors";
import { refusalSchema } from "./schema";

const CONNECT_FAILURES = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

const CODES: Partial<Record<number, ErrorCode>> = {
  401: "token_refused",
  402: "plan_unpaid",
  403: "blocked",
  404: "account_missing",
  429: "too_many_requests",
};

/**
 * Turns an answer that is not a success into an error (kommo-api.md §1.3). A refusal carries its validation groups
 * as `detail`; a 400 or 422 without them is Kommo's own trouble, hence temporary. After a 504 a POST may stand applied.
 */
export function toProblem(method: "GET" | "POST", status: number, text: string): AppError {
  const code = CODES[status];
  if (code) return new AppError(code);
  if (status >= 300 && status < 400) return new AppError("account_missing");
  if (status === 504 && method === "POST") return new AppError("unclear");

  const refusal = status === 400 || status === 422 ? refusalSchema.safeParse(parseJson(text)) : undefined;
  return refusal?.success
    ? new AppError("refused", { detail: refusal.data["validation-errors"] })
    : new AppError("busy");
}

/** A request that never left can be sent again; a POST that left without an answer may have been applied. */
export function toNetworkProblem(method: "GET" | "POST", cause: unknown): AppError {
  const left = !CONNECT_FAILURES.includes(networkCode(cause) ?? "");
  return new AppError(method === "POST" && left ? "unclear" : "unreachable", { cause });
}

/** Undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "code" in error && typeof error.code === "string" ? error.code : networkCode(error.cause);
}
