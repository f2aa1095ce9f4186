import { STATUS_CODES } from "node:http";
import type { Entity } from "../state/account-parts.ts";
import type { Act } from "../state/events.ts";
import type { Incoming, State } from "../state/records.ts";
import type { World } from "../state/world.ts";
import type { FieldError } from "./checks.ts";
import type { Page, Query } from "./query.ts";

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

export type Call = Pick<World, "account" | "switches" | "poison"> & {
  state: State;
  method: string;
  url: URL;
  query: Query;
  body: unknown;
  /** The ids of the address, in its order; empty when it has none. */
  id: string;
  subId: string;
  now: number;
  /** What a user does, or the token's own where none is named; the other while an incoming lead is sorted. */
  act: (by?: number) => Act;
  sortingAct: (by?: number) => Act;
};

type RefusedItem = { request_id?: string; errors: Partial<FieldError>[] };

/** docs/kommo-api.md §1.3 */
export function problem(status: number, detail: string, more: object = {}): Answer {
  const title = STATUS_CODES[status] ?? "Error";
  return { status, body: { title, type: `https://httpstatus.es/${status}`, status, detail, ...more } };
}

/** docs/kommo-api.md §1.3: the envelope names every failing item. */
export function invalid(items: RefusedItem[]): Answer {
  return {
    status: 400,
    body: {
      "validation-errors": items,
      title: "Bad Request",
      type: "https://httpstatus.es/400",
      status: 400,
      detail: "Request validation failed",
    },
  };
}

/** One record, or the empty 204 Kommo gives for what is not there. */
export function one(record: object | undefined): Answer {
  return record ? { status: 200, body: record } : { status: 204 };
}

/** A page of a list; `next` only when there is more, 204 when there is nothing. docs/kommo-api.md §15 */
export function many(call: Call, name: string, page: Page<object>, totals = false): Answer {
  if (page.items.length === 0) return { status: 204 };

  return {
    status: 200,
    body: {
      ...(totals ? { _total_items: page.total } : {}),
      _page: page.page,
      ...(totals ? { _page_count: page.pageCount } : {}),
      _links: {
        self: { href: call.url.href },
        ...(page.hasMore ? { next: { href: toPageUrl(call.url, page.page + 1) } } : {}),
      },
      _embedded: { [name]: page.items },
    },
  };
}

export function selfLink(call: Call, path: string) {
  return { self: { href: `${call.url.origin}/api/v4/${path}` } };
}

export function stub(call: Call, entity: Entity, id: number) {
  return { id, _links: selfLink(call, `${entity}/${id}`) };
}

// Kommo's own answer names no companies, even when the request carried one (docs/kommo-api.md §1.2).
export function toStubs(call: Call, incoming: Incoming) {
  return {
    contacts: incoming.contact_id === null ? [] : [stub(call, "contacts", incoming.contact_id)],
    leads: [stub(call, "leads", incoming.lead_id)],
    companies: [],
  };
}

function toPageUrl(url: URL, page: number): string {
  const next = new URL(url);
  next.searchParams.set("page", String(page));
  return next.href;
}
