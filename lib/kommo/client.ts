import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { parseJson, toNetworkProblem, toProblem } from "./problem";

export const REQUEST_TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
const MASK = "•••";

export type Connection = { baseUrl: string; token: string };

/** What passed over the wire, for the record: the token is masked, times are epoch milliseconds. */
export type Exchange = {
  startedAt: number;
  durationMs: number;
  status: number | null;
  answer: string | null;
};

/** All that can be asked of Kommo: anything by GET, and the one POST. There is no way here to change what Kommo has. */
export type Route = { method: "GET"; path: string } | { method: "POST"; path: "/leads/unsorted/forms" };

export type CallOptions = {
  /** Resolves when the next request may start; all that talk to Kommo share one budget. */
  turn: () => Promise<void>;
  /** Asked at the last moment before the body leaves, when the connection stands: a sender that was frozen may not. */
  mayLeave?: () => boolean;
  record?: (exchange: Exchange) => void;
  connection: Connection;
  body?: unknown;
  /** Ends the request when nobody waits for its answer any more. */
  signal?: AbortSignal;
};

/**
 * The one door to Kommo. Answers with the parsed body, or null for an empty 204. Throws an AppError of kind
 * temporary, connection, this lead or unclear (kommo-api.md §1.3); redirects are not followed, so that the token
 * reaches the account's host only.
 */
export async function callKommo<S extends z.ZodType>(
  { method, path }: Route,
  answerSchema: S,
  options: CallOptions,
): Promise<z.output<S>> {
  await options.turn();
  const { connection } = options;
  const exchange: Exchange = { startedAt: Date.now(), durationMs: 0, status: null, answer: null };
  try {
    const response = await send(method, path, connection, options);
    exchange.status = response.status;
    // PostgreSQL's text takes no NUL.
    exchange.answer = (await readText(response)).replaceAll("\0", "").replaceAll(connection.token, MASK);
  } catch (cause) {
    throw toNetworkProblem(method, cause);
  } finally {
    exchange.durationMs = Date.now() - exchange.startedAt;
    options.record?.(exchange);
  }

  if (exchange.status < 200 || exchange.status > 299)
    throw toProblem(method, exchange.status, exchange.answer);
  const parsed = answerSchema.safeParse(exchange.status === 204 ? null : parseJson(exchange.answer));
  if (!parsed.success) throw new AppError(method === "POST" ? "unclear" : "busy", { cause: parsed.error });
  return parsed.data;
}

function send(
  method: "GET" | "POST",
  path: string,
  connection: Connection,
  { body, mayLeave = () => true, signal }: CallOptions,
): Promise<Response> {
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return fetch(new URL(`/api/v4${path}`, connection.baseUrl), {
    method,
    headers: {
      // A kept connection that Kommo has closed meanwhile would leave a POST unclear; a new one costs a round trip.
      connection: "close",
      authorization: `Bearer ${connection.token}`,
      ...(bytes && { "content-type": "application/json", "content-length": String(bytes.length) }),
    },
    ...(bytes && { body: toFencedBody(bytes, mayLeave), duplex: "half" }),
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.any([AbortSignal.timeout(REQUEST_TIMEOUT_MS), ...(signal ? [signal] : [])]),
  });
}

/** A stream is read only once the connection stands, so no wait lies between the question and the bytes. */
function toFencedBody(bytes: Uint8Array, mayLeave: () => boolean): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      pull(controller) {
        if (!mayLeave()) throw new AppError("lease_lost");
        controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new Error("Kommo's answer is larger than 5 MB");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
