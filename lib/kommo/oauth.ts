import "server-only";
import type { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors";
import { readText } from "./client";
import { parseJson, toNetworkProblem, toProblem } from "./problem";
import { grantProblemSchema, hostAnswerSchema, type Integration, type Tokens, tokensSchema } from "./schema";
import { type Slot, send } from "./send";

const MOST_BYTES = 100_000;

export type GrantOptions = {
  slot: () => Promise<Slot>;
  signal: AbortSignal;
  mayLeave?: () => boolean;
};

/** The hints of a refusal, in the order in which they are looked for (docs/kommo-api.md §7.2). */
type Hints = readonly (readonly [RegExp, ErrorCode])[];

const OF_INTEGRATION: Hints = [
  [/client/i, "integration_wrong"],
  [/redirect.?uri/i, "redirect_wrong"],
];
const OF_CODE: Hints = [...OF_INTEGRATION, [/expired/i, "code_expired"], [/revoked/i, "code_spent"]];
const OF_REFRESH: Hints = [...OF_INTEGRATION, [/expired/i, "grant_expired"]];

const REFUSALS = [400, 401, 403, 422];
const SYSTEM_ERROR = /системная ошибка|system error/i;

/**
 * Exchanges the code of 20 minutes for a pair of tokens (docs/kommo-api.md §7.2). Throws what a GET throws, and
 * `integration_wrong`, `redirect_wrong`, `code_expired`, `code_spent`, `code_wrong`.
 */
export async function exchangeCode(
  baseUrl: string,
  integration: Integration,
  code: string,
  options: GrantOptions,
): Promise<Tokens> {
  const fields = { grant_type: "authorization_code", code };
  return askForTokens(baseUrl, { ...toFields(integration), ...fields }, options, {
    hints: OF_CODE,
    otherwise: "code_wrong",
  });
}

/**
 * Exchanges the refresh token for the next pair; the old pair is dead once Kommo has done it, whether or not its answer
 * arrives (docs/kommo-api.md §7.2). Throws what a GET throws, and `integration_wrong`, `redirect_wrong`, `grant_expired`,
 * `grant_revoked`; `token_refused` and `account_missing` may be of an account that was renamed.
 */
export async function refreshTokens(
  baseUrl: string,
  integration: Integration,
  refreshToken: string,
  options: GrantOptions,
): Promise<Tokens> {
  const fields = { grant_type: "refresh_token", refresh_token: refreshToken };
  return askForTokens(baseUrl, { ...toFields(integration), ...fields }, options, {
    hints: OF_REFRESH,
    otherwise: "grant_revoked",
  });
}

/** The account's id and its host of today, told by the host that all accounts share (docs/kommo-api.md §7.3). */
export async function findHost(
  apiUrl: string,
  refreshToken: string,
  options: GrantOptions,
): Promise<z.output<typeof hostAnswerSchema>> {
  const url = new URL("/oauth2/account/current/subdomain", apiUrl);
  const answer = await exchange(url, { method: "GET", refreshToken }, options);
  if (answer.status !== 200) throw toGrantProblem(answer, "grant_revoked");
  return parse(hostAnswerSchema, answer.text);
}

function toFields({ clientId, clientSecret, redirectUri }: Integration) {
  return { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri };
}

async function askForTokens(
  baseUrl: string,
  fields: Record<string, string>,
  options: GrantOptions,
  { hints, otherwise }: { hints: Hints; otherwise: ErrorCode },
): Promise<Tokens> {
  const url = new URL("/oauth2/access_token", baseUrl);
  const message = { method: "POST", bytes: Buffer.from(JSON.stringify(fields)) } as const;
  const answer = await exchange(url, message, options);
  // Tokens are no lead: an answer that says nothing leaves nothing behind that would have to be looked for.
  if (answer.status !== 200) throw toRefusal(answer, hints, otherwise) ?? toGrantProblem(answer, otherwise);
  const parsed = parse(tokensSchema, answer.text);
  return {
    accessToken: parsed.access_token,
    refreshToken: parsed.refresh_token,
    livesMs: parsed.expires_in * 1000,
    serverTime: parsed.server_time ? parsed.server_time * 1000 : null,
  };
}

type GrantAnswer = { status: number; text: string; contentType: string; retryAfter: string };
type GrantMessage = { method: "GET" | "POST"; bytes?: Buffer; refreshToken?: string };

async function exchange(
  url: URL,
  { bytes, ...message }: GrantMessage,
  { slot, signal, mayLeave = () => true }: GrantOptions,
): Promise<GrantAnswer> {
  const taken = await slot();
  try {
    const carried = { ...message, bytes, token: undefined, slot: taken, mayLeave, signal };
    const response = await send(url, carried);
    return {
      status: response.statusCode ?? 0,
      text: await readText(response, MOST_BYTES),
      contentType: response.headers["content-type"] ?? "",
      retryAfter: response.headers["retry-after"] ?? "",
    };
  } catch (cause) {
    throw toNetworkProblem("GET", cause);
  }
}

/** Kommo answers 400, and its newer servers what the body says. Its detail counts only where it gives no hint. */
function toRefusal({ status, text }: GrantAnswer, hints: Hints, otherwise: ErrorCode): AppError | undefined {
  if (![400, 401, 403, 404, 422].includes(status)) return undefined;
  const problem = grantProblemSchema.safeParse(parseJson(text)).data;
  if (!problem) return undefined;
  const words = problem.hint || problem.detail || "";
  const [, code] = hints.find(([pattern]) => pattern.test(words)) ?? [];
  return new AppError(code ?? otherwise);
}

/**
 * The endpoint speaks of the grant alone, so a refusal in a shape that nobody has seen is one of the grant, and never one of a
 * lead. What may have been an error of Kommo is its cause: that may pass.
 */
function toGrantProblem(answer: GrantAnswer, otherwise: ErrorCode): AppError {
  const problem = toProblem({ method: "GET", ...answer });
  const body = parseJson(answer.text);
  const isOfGrant =
    REFUSALS.includes(answer.status) && body instanceof Object && !isKnown(answer.status, body);
  return isOfGrant || problem.kind === "this lead" ? new AppError(otherwise, { cause: problem }) : problem;
}

/** An error of Kommo itself, and a block, which have words of their own (docs/kommo-api.md §1.3). */
function isKnown(status: number, body: object): boolean {
  return SYSTEM_ERROR.test(JSON.stringify(body)) || (status === 403 && "title" in body);
}

function parse<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new AppError("busy", { cause: new Error("Kommo's tokens cannot be read") });
  return parsed.data;
}
