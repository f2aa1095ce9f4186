import { randomUUID } from "node:crypto";
import type { Fault } from "../faults/faults.ts";
import { isJson, type Json, toList } from "../state/json.ts";
import type { Answer } from "./answer.ts";
import { gateway } from "./failures.ts";

const OVERSIZE_BYTES = 6 * 1024 * 1024;

/** What is sent; `sent` is how many characters of the body leave before the connection is cut. */
export type Wire = {
  status: number;
  headers: Record<string, string>;
  text: string | undefined;
  sent?: number;
};

/** An answer as bytes, damaged as the fault says; undefined when there is no answer at all. */
export function toWire(answer: Answer, fault: Fault | undefined): Wire | undefined {
  const wire = plain(answer);
  switch (fault?.kind) {
    case "cut-after":
    case "hold-cut":
      return undefined;
    case "cut-mid":
      return { ...wire, sent: half(wire) };
    case "after-504":
      return plain(gateway(504, "Gateway Time-out"));
    case "after-garbage":
      return plain(gateway(200, "Welcome"));
    case "after-without-request-ids":
      return plain(withItems(answer, ({ request_id, ...item }) => item));
    case "after-without-lead-ids":
      return plain(withItems(answer, withoutLeads));
    case "truncated":
      return { ...wire, text: wire.text?.slice(0, half(wire)) };
    case "oversized":
      return wire.text === undefined ? wire : { ...wire, text: wire.text.padEnd(OVERSIZE_BYTES) };
    default:
      return wire;
  }
}

function plain({ status, body, headers }: Answer): Wire {
  const json = status < 400 ? "application/hal+json" : "application/problem+json";
  const type = typeof body === "string" ? "text/html" : json;
  return {
    status,
    headers: {
      "X-Request-Id": randomUUID(),
      ...(body === undefined ? {} : { "Content-Type": type }),
      ...headers,
    },
    text: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  };
}

function half({ text = "" }: Wire): number {
  return Math.floor(text.length / 2);
}

function withItems(answer: Answer, change: (item: Json) => Json): Answer {
  const { body } = answer;
  if (Array.isArray(body)) return { ...answer, body: toList(body).map(change) };
  if (!isJson(body) || !isJson(body._embedded)) return answer;
  const unsorted = toList(body._embedded.unsorted).map(change);
  return { ...answer, body: { ...body, _embedded: { ...body._embedded, unsorted } } };
}

function withoutLeads({ id: _id, ...item }: Json): Json {
  return { ...item, _embedded: { ...(isJson(item._embedded) ? item._embedded : {}), leads: [] } };
}
