import "server-only";
import type { z } from "zod";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { takeTurn } from "./budget";
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

export type CallOptions = {
  body?: unknown;
  connection?: Connection;
  record?: (exchange: Exchange) => void;
};

/**
 * The one door to Kommo. Answers with the parsed body, or null for an empty 204. Throws an AppError of kind
 * temporary, connection, this lead or unclear (kommo-api.md §1.3); redirects are not followed, so that the token
 * reaches the account's host only.
 */
export async function callKommo<S extends z.ZodType>(
  method: "GET" | "POST",
  path: string,
  answerSchema: S,
  { body, connection = getEnv().kommo, record }: CallOptions = {},
): Promise<z.output<S>> {
  await takeTurn();
  const exchange: Exchange = { startedAt: Date.now(), durationMs: 0, status: null, answer: null };
  try {
    const response = await send(method, path, connection, body);
    exchange.status = response.status;
    exchange.answer = (await readText(response)).replaceAll(connection.token, MASK);
  } catch (cause) {
    throw toNetworkProblem(method, cause);
  } finally {
    exchange.durationMs = Date.now() - exchange.startedAt;
    record?.(exchange);
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
  body: unknown,
): Promise<Response> {
  return fetch(new URL(`/api/v4${path}`, connection.baseUrl), {
    method,
    headers: {
      authorization: `Bearer ${connection.token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
    cache: "no-store",
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
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
