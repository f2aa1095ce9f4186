import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, problem } from "./answer.ts";
import type { createFaults, Fault } from "./faults.ts";
import type { createLimiter } from "./limiter.ts";
import { parseQuery } from "./query.ts";
import { route } from "./routes.ts";
import type { Store } from "./state.ts";
import { isValidToken } from "./token.ts";
import { cut, parseBody, readBody, send } from "./transport.ts";

const JOURNAL_LENGTH = 20_000;
const TOO_MANY = "You have sent too many requests in a given amount of time. Please try again later.";

/** `status` is 0 when the connection was cut instead of answered. */
export type JournalEntry = { at: number; method: string; path: string; status: number; body: unknown };

export type ApiContext = {
  base: string;
  store: Store;
  journal: JournalEntry[];
  faults: ReturnType<typeof createFaults>;
  allow: ReturnType<typeof createLimiter>;
};

/** One API request: the next fault, the token, the limit, then the route. kommo-api.md §15 */
export async function answerApi(context: ApiContext, request: IncomingMessage, response: ServerResponse) {
  const entry = record(context.journal, request);
  const fault = context.faults.take(entry.method);
  const text = await readBody(request);
  entry.body = parseBody(text ?? "");
  if (fault?.kind === "cut-before") return cut(request);
  if (fault?.kind === "slow") await sleep(fault.ms, undefined, { ref: false });

  const answer =
    fault?.kind === "answer" ? toAnswer(fault) : await work(context, request, entry, text === undefined);
  if (fault?.kind === "cut-after") return cut(request);
  entry.status = answer.status;
  const type = fault?.kind === "answer" ? fault.contentType : undefined;
  send(response, answer.status, toHeaders(answer, type), toText(answer));
}

async function work(context: ApiContext, request: IncomingMessage, entry: JournalEntry, isTooLong: boolean) {
  const now = Date.now();
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!token || !isValidToken(token, now)) return problem(401, "Invalid user name or password");
  if (!context.allow(token, now)) return problem(429, TOO_MANY, { retry_after: 300 });
  if (isTooLong) return problem(413, "Request body is too large");

  const url = new URL(context.base + entry.path);
  const { state } = context.store;
  const query = parseQuery(url.searchParams);
  const answer = route({ state, method: entry.method, url, query, body: entry.body, now });
  if (entry.method !== "GET" && answer.status < 300) await context.store.save();
  return answer;
}

function record(journal: JournalEntry[], request: IncomingMessage): JournalEntry {
  const { method = "GET", url = "/" } = request;
  const entry: JournalEntry = { at: Date.now(), method, path: url, status: 0, body: undefined };
  journal.push(entry);
  if (journal.length > JOURNAL_LENGTH) journal.shift();
  return entry;
}

function toAnswer({ status, body }: Extract<Fault, { kind: "answer" }>): Answer {
  return body === undefined ? problem(status, "") : { status, body };
}

function toHeaders({ status, body }: Answer, contentType?: string): Record<string, string> {
  const json = status < 400 ? "application/hal+json" : "application/problem+json";
  const type = contentType ?? (typeof body === "string" ? "text/html" : json);
  return { "X-Request-Id": randomUUID(), ...(body === undefined ? {} : { "Content-Type": type }) };
}

function toText({ body }: Answer): string | undefined {
  return body === undefined || typeof body === "string" ? body : JSON.stringify(body);
}
