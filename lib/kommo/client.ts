import "server-only";
import type { z } from "zod";
import { getEnv } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { noteAskedBy } from "./asked-by";
import { parseJson, toNetworkProblem, toProblem, toUnreadable } from "./problem";
import type { Connection, Recoverable } from "./schema";
import { type Answer, type Slot, send, type Transport } from "./send";

const REQUEST_TIMEOUT_MS = 20_000;
const MEGABYTE = 1024 * 1024;
// A page of 250 records may be fat; an answer to what we sent is not.
const MAX_ANSWER_BYTES = { GET: 25 * MEGABYTE, POST: 5 * MEGABYTE };
const MASK = "•••";

/** What passed over the wire, for the record: the token is masked, times are epoch milliseconds. */
export type Exchange = {
  startedAt: number;
  durationMs: number;
  status: number | null;
  answer: string | null;
  /** When Kommo answered, by its own clock (epoch ms), which it tells in whole seconds. */
  answeredAt?: number;
};

/**
 * All that can be asked of Kommo: anything by GET, and leads by POST, the second way only where KOMMO_ALLOW_COMPLEX lets it.
 * There is no way here to change what Kommo has.
 */
export type Route =
  | { method: "GET"; path: string }
  | { method: "POST"; path: "/leads/unsorted/forms" | "/leads/complex" };

/** What stands in for the shared budget and the wire. */
export type Network = { takeSlot: () => Promise<Slot>; transport: Transport };

export type CallOptions = {
  /** Resolves when the next request may start. */
  slot: () => Promise<Slot>;
  /** Epoch milliseconds, for the record. */
  now?: () => number;
  transport?: Transport;
  /** Asked at the last moment before the request leaves, when the connection stands: a sender that was frozen may not. */
  mayLeave?: () => boolean;
  record?: (exchange: Exchange) => void;
  connection: Connection;
  body?: unknown;
  /** Ends the request when nobody waits for its answer any more. */
  signal?: AbortSignal;
  /** Ends only the waiting for a connection that is recovered: what has left is waited for. */
  stopping?: AbortSignal;
};

/**
 * The one function that sends requests to Kommo's API. Answers with the parsed body, or null for an empty 204. Throws an AppError of
 * kind temporary, connection, this lead or unclear (docs/kommo-api.md §1.3); redirects are not followed, so that the token
 * reaches the account's host only. A refused connection of OAuth is recovered and the request repeated once: of a POST only
 * where Kommo's application has refused it, and so has not applied it. From then on `options.connection` is the new one; a
 * token that was renewed for this and is refused too is `access_refused`.
 */
export async function callKommo<S extends z.ZodType>(
  route: Route,
  answerSchema: S,
  options: CallOptions,
): Promise<z.output<S>> {
  try {
    return await callRecovering(route, answerSchema, options);
  } catch (error) {
    if (error instanceof AppError) noteAskedBy(error, options.connection);
    throw error;
  }
}

async function callRecovering<S extends z.ZodType>(
  route: Route,
  answerSchema: S,
  options: CallOptions,
): Promise<z.output<S>> {
  const { connection, signal, stopping } = options;
  const refused = { ...connection };
  try {
    return await callOnce(route, answerSchema, options);
  } catch (error) {
    if (!connection.recover || !isRecoverable(error)) throw error;
    const recovering = connection.recover(refused, error.code);
    Object.assign(connection, await unlessAborted(unlessAborted(recovering, signal), stopping, "lease_lost"));
    return callOnce(route, answerSchema, options).catch((again) => {
      throw error.code === "token_refused" ? toTold(again, connection) : again;
    });
  }
}

/** Another refresh would not help, and neither would the words for a long-lived token. */
function toTold(error: unknown, { recover }: Connection): unknown {
  const isRefused = error instanceof AppError && error.code === "token_refused";
  return recover && isRefused ? new AppError("access_refused", { cause: error }) : error;
}

function isRecoverable(error: unknown): error is AppError & { code: Recoverable } {
  if (!(error instanceof AppError)) return false;
  return error.code === "token_refused" || error.code === "account_missing";
}

/** Others may wait for the same recovery, so it goes on when this caller waits no longer. */
function unlessAborted<T>(
  going: Promise<T>,
  signal: AbortSignal | undefined,
  code: ErrorCode = "unreachable",
): Promise<T> {
  if (!signal) return going;
  const { promise, reject } = Promise.withResolvers<never>();
  const give = () => reject(new AppError(code, { cause: signal.reason }));
  if (signal.aborted) give();
  signal.addEventListener("abort", give, { once: true });
  return Promise.race([going, promise]).finally(() => signal.removeEventListener("abort", give));
}

async function callOnce<S extends z.ZodType>(
  { method, path }: Route,
  answerSchema: S,
  options: CallOptions,
): Promise<z.output<S>> {
  if (path === "/leads/complex" && !getEnv().kommo.allowsComplex)
    throw new Error("KOMMO_ALLOW_COMPLEX is not set: leads go to /leads/unsorted/forms");
  const slot = await options.slot();
  const { connection, body, signal, mayLeave = () => true, now = Date.now, transport = send } = options;
  let [contentType, retryAfter] = ["", ""];
  const exchange: Exchange = { startedAt: now(), durationMs: 0, status: null, answer: null };
  try {
    const response = await transport(new URL(`/api/v4${path}`, connection.baseUrl), {
      method,
      token: connection.token,
      bytes: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      slot,
      mayLeave,
      signal: AbortSignal.any([AbortSignal.timeout(REQUEST_TIMEOUT_MS), ...(signal ? [signal] : [])]),
    });
    exchange.status = response.statusCode ?? 0;
    exchange.answeredAt = Date.parse(response.headers.date ?? "") || undefined;
    contentType = response.headers["content-type"] ?? "";
    retryAfter = response.headers["retry-after"] ?? "";
    // PostgreSQL's text takes no NUL.
    exchange.answer = (await readText(response, MAX_ANSWER_BYTES[method]))
      .replaceAll("\0", "")
      .replaceAll(connection.token, MASK);
  } catch (cause) {
    throw toNetworkProblem(method, cause);
  } finally {
    exchange.durationMs = now() - exchange.startedAt;
    options.record?.(exchange);
  }

  const { status, answer: text } = exchange;
  if (status < 200 || status > 299) throw toProblem({ method, status, text, contentType, retryAfter });
  const parsed = answerSchema.safeParse(status === 204 ? null : parseJson(text));
  if (!parsed.success) throw toUnreadable(method, text, parsed.error);
  return parsed.data;
}

/** Throws when the answer is larger. */
export async function readText(response: Answer, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`Kommo's answer is larger than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
