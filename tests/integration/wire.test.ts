import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { findByContact } from "@/lib/delivery/verify/search";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { listFields } from "@/lib/kommo/catalogue";
import { type CallOptions, callKommo, type Exchange, type Route } from "@/lib/kommo/client";
import { listIncomingLeads, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import { listLeadsDownTo, listLeadsUpdatedSince, listReferences } from "@/lib/kommo/leads";
import { type Practice, startPractice } from "@/practice/server";
import { aLeadToSend } from "@/tests/support/builders";
import { stubSettings } from "@/tests/support/settings";
import { freeSlot } from "@/tests/support/slots";

const anything = z.unknown();
const MAPPING = mappingSchema.parse({ pipelineId: 12984871, fields: {} });

let practice: Practice;
let options: CallOptions;

beforeEach(async () => {
  practice = await startPractice({ requestsPerSecond: 0 });
  options = {
    slot: freeSlot,
    connection: { baseUrl: practice.url, token: practice.token },
  };
});
afterEach(() => practice.close());

function toItems(count: number) {
  return Array.from({ length: count }, (_, index) =>
    toIncomingLead(aLeadToSend({ id: `lead-${index}`, name: `Имя ${index}` }), MAPPING),
  );
}

test("a redirect is not followed, so the token stays with the account's host", async () => {
  const seen: string[] = [];
  const stranger = createServer((request, response) => {
    seen.push(String(request.headers.authorization));
    response.end("{}");
  });
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  const address = stranger.address();
  const to = typeof address === "object" && address ? `http://127.0.0.1:${address.port}/` : "";
  practice.failNext({ kind: "redirect", to }, 2);

  await expect(callKommo({ method: "GET", path: "/account" }, anything, options)).rejects.toMatchObject({
    code: "account_missing",
  });
  await expect(sendIncomingLeads(toItems(1), options)).rejects.toMatchObject({ code: "unclear" });

  expect(seen).toEqual([]);
  stranger.close();
});

test.each(["abc\ndef", "abc\0", "токен"])(
  "a token that no header can hold (%j) keeps a lead from leaving, and leaves nothing unclear",
  async (token) => {
    const connection = { ...options.connection, token };

    await expect(sendIncomingLeads(toItems(1), { ...options, connection })).rejects.toMatchObject({
      code: "unreachable",
    });
    expect(practice.journal).toEqual([]);
  },
);

test("a desk that stops does not wait for a connection that is recovered, and the lead has not arrived", async () => {
  const stopping = new AbortController();
  const recover = async () => {
    stopping.abort();
    return new Promise<never>(() => undefined);
  };
  const connection = { baseUrl: practice.url, token: "refused", recover };

  await expect(
    sendIncomingLeads(toItems(1), { ...options, connection, stopping: stopping.signal }),
  ).rejects.toMatchObject({ code: "lease_lost" });
});

test("each arrival is its lead's by request_id, in whatever order Kommo answers", async () => {
  const accept = (id: string, leadId: number) => ({
    uid: `uid-${id}`,
    request_id: id,
    _embedded: { leads: [{ id: leadId }], contacts: [{ id: leadId + 1000 }] },
  });
  const unsorted = [accept("lead-2", 102), accept("lead-0", 100), accept("lead-1", 101)];
  practice.failNext({ kind: "answer", status: 200, body: { _embedded: { unsorted } }, method: "POST" });

  const arrivals = await sendIncomingLeads(toItems(3), options);

  for (const index of [0, 1, 2]) {
    expect(arrivals.get(`lead-${index}`)).toEqual({
      uid: `uid-lead-${index}`,
      leadId: 100 + index,
      contactId: 1100 + index,
    });
  }
});

test("an answer larger than 5 MB is cut off", async () => {
  practice.failNext({ kind: "oversized", method: "POST" });

  await expect(sendIncomingLeads(toItems(1), options)).rejects.toMatchObject({ code: "unclear" });
});

test.each([
  { method: "GET", path: "/account" },
  { method: "POST", path: "/leads/unsorted/forms" },
] as const)("a $method that never left is unreachable", async (route) => {
  const { url } = practice;
  await practice.close();

  const connection = { baseUrl: url, token: "x" };
  const call = callKommo(route, anything, { ...options, connection, body: [] });

  await expect(call).rejects.toMatchObject({ code: "unreachable" });
  practice = await startPractice();
});

test("the silence that Kommo asks for in a header is told", async () => {
  const hasty = createServer((_, response) => response.writeHead(429, { "retry-after": "120" }).end());
  await new Promise<void>((resolve) => hasty.listen(0, "127.0.0.1", resolve));
  const { port } = hasty.address() as AddressInfo;
  const connection = { baseUrl: `http://127.0.0.1:${port}`, token: "x" };

  const call = callKommo({ method: "GET", path: "/account" }, anything, { ...options, connection });

  await expect(call).rejects.toMatchObject({ code: "too_many_requests", detail: 120 });
  hasty.close();
});

test("Kommo that does not take up the connection is given up after 10 seconds", async () => {
  const mute = createTcpServer();
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const { port } = mute.address() as AddressInfo;
  const connection = { baseUrl: `https://127.0.0.1:${port}`, token: "x" };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

  const call = sendIncomingLeads(toItems(1), { ...options, connection });
  const outcome = expect(call).rejects.toMatchObject({ code: "unreachable" });
  const taken = await new Promise<Socket>((resolve) => mute.once("connection", resolve));
  await vi.advanceTimersByTimeAsync(10_000);

  await outcome;
  vi.useRealTimers();
  taken.destroy();
  mute.close();
});

test("an answer that changes the protocol ends the request, and is none", async () => {
  const odd = createTcpServer((socket) =>
    socket.once("data", () =>
      socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tls\r\n\r\n"),
    ),
  );
  await new Promise<void>((resolve) => odd.listen(0, "127.0.0.1", resolve));
  const { port } = odd.address() as AddressInfo;
  const connection = { baseUrl: `http://127.0.0.1:${port}`, token: "x" };

  await expect(sendIncomingLeads(toItems(1), { ...options, connection })).rejects.toMatchObject({
    code: "unclear",
  });
  odd.close();
});

test("Kommo that takes a request and does not answer is given up after 20 seconds", async () => {
  const patience = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
  practice.failNext({ kind: "slow", ms: 60_000 });

  const call = sendIncomingLeads(toItems(1), options);
  const outcome = expect(call).rejects.toMatchObject({ code: "unclear" });
  await vi.waitFor(() => expect(practice.journal).toHaveLength(1), 5000);
  patience.abort();

  await outcome;
  expect(timeout.mock.calls).toEqual([[20_000]]);
  timeout.mockRestore();
});

test("nothing can be asked of Kommo but what is read, and leads by POST", () => {
  const refused: Route[] = [
    // @ts-expect-error Leads are never changed.
    { method: "PATCH", path: "/leads/1" },
    // @ts-expect-error Nothing is deleted, nor declined.
    { method: "DELETE", path: "/leads/unsorted/a1/decline" },
    // @ts-expect-error Leads are made as incoming ones only.
    { method: "POST", path: "/leads" },
  ];

  expect(refused).toHaveLength(3);
});

test("/leads/complex cannot be asked unless a setting lets it", async () => {
  stubSettings(practice.url, practice.token);

  const call = callKommo({ method: "POST", path: "/leads/complex" }, anything, { ...options, body: [] });

  await expect(call).rejects.toThrow("KOMMO_ALLOW_COMPLEX is not set");
  expect(practice.journal).toEqual([]);
  vi.unstubAllEnvs();
});

test("a POST whose sender may not send any more never reaches Kommo", async () => {
  const items = toItems(1);

  await expect(sendIncomingLeads(items, { ...options, mayLeave: () => false })).rejects.toMatchObject({
    code: "lease_lost",
  });

  expect(practice.incomingLeads()).toEqual([]);
});

test.each([
  { method: "GET", path: "/account" },
  { method: "POST", path: "/leads/unsorted/forms" },
] as const)("a $method that misses its slot leaves in a later one", async (route) => {
  const later = Promise.withResolvers<void>();
  let missed = 2;
  const bookLater = vi.fn(async () => {
    if (missed === 1) await later.promise;
    missed -= 1;
  });
  const slot = async () => ({ isMissed: () => missed > 0, bookLater });

  const call = callKommo(route, anything, { ...options, slot }).catch(() => undefined);
  await vi.waitFor(() => expect(bookLater).toHaveBeenCalledTimes(2));
  expect(practice.journal).toEqual([]);
  later.resolve();
  await call;

  expect(practice.journal).toHaveLength(1);
});

test("a sender that may not send any more books no later slot", async () => {
  const bookLater = vi.fn(async () => undefined);
  const slot = async () => ({ isMissed: () => true, bookLater });

  await expect(
    sendIncomingLeads(toItems(1), { ...options, slot, mayLeave: () => false }),
  ).rejects.toMatchObject({ code: "lease_lost" });

  expect(bookLater).not.toHaveBeenCalled();
  expect(practice.incomingLeads()).toEqual([]);
});

test("a request whose later slot cannot be booked is one that has not left", async () => {
  const bookLater = () => Promise.reject(new Error("the database is away"));
  const slot = async () => ({ isMissed: () => true, bookLater });

  await expect(sendIncomingLeads(toItems(1), { ...options, slot })).rejects.toMatchObject({
    code: "unreachable",
  });

  expect(practice.journal).toEqual([]);
});

test("whether it may leave is asked once the connection stands, not before", async () => {
  const order: string[] = [];
  const slot = () => {
    order.push("turn");
    return freeSlot();
  };
  const mayLeave = () => order.push("may it leave?") > 0;

  await sendIncomingLeads(toItems(1), { ...options, slot, mayLeave });

  expect(order).toEqual(["turn", "may it leave?"]);
});

test("the record holds the full answer without the token and without NUL", async () => {
  const exchanges: Exchange[] = [];
  const record = (exchange: Exchange) => void exchanges.push(exchange);
  practice.failNext({
    kind: "answer",
    status: 503,
    body: `token ${practice.token}\u0000!`,
    contentType: "text/plain",
  });

  await expect(
    callKommo({ method: "GET", path: "/account" }, anything, { ...options, record }),
  ).rejects.toMatchObject({
    code: "busy",
  });

  expect(exchanges).toMatchObject([{ status: 503, answer: "token •••!" }]);
});

const GUILTY = {
  "validation-errors": [{ request_id: "lead-0", errors: [{ code: "InvalidType", path: "x" }] }],
};

test.each([
  [408, {}, "unclear"],
  [425, {}, "unclear"],
  [400, { title: "Bad Request" }, "unclear"],
  [422, { title: "Unprocessable" }, "not_accepted"],
  [400, GUILTY, "refused"],
  [422, GUILTY, "refused"],
] as const)("a POST answered by %i %o is %s", async (status, body, code) => {
  practice.failNext({ kind: "answer", status, body, method: "POST" });

  await expect(sendIncomingLeads(toItems(1), options)).rejects.toMatchObject({ code });
});

test("an item that Kommo did not give a lead id is not among the arrivals", async () => {
  practice.failNext({ kind: "after-without-lead-ids", method: "POST" });

  expect(await sendIncomingLeads(toItems(2), options)).toEqual(new Map());
});

describe("lists", () => {
  const sought = {
    id: "another",
    createdAt: 0,
    sentAt: 0,
    batch: 0,
    name: "Заявка: Никто",
    contactKeys: [],
    isSettled: false,
  };
  const known = {
    listCompeting: async () => [],
    findOurs: async () => new Map<number, string[]>(),
    lastBefore: async () => 0,
    firstAfter: async () => Number.POSITIVE_INFINITY,
    findNewestUnaccepted: async () => undefined,
    listNewestStanding: async () => [],
    listNewestCarrying: async () => [],
    countSentAt: async () => 1,
  };

  test("of fields come from all pages", async () => {
    const { fields, total } = await listFields("leads", options);

    expect(fields.map(({ id }) => id)).toContain(467714);
    expect(total).toBe(fields.length);
    expect(practice.journal.every(({ path }) => path.includes("limit=250"))).toBe(true);
  });

  test("of more than 10,000 incoming leads say nothing of what was not read", async () => {
    const one = { uid: "one", created_at: 1, _embedded: { leads: [{ id: 1 }], contacts: [] } };
    const page = { _links: { next: { href: "" } }, _embedded: { unsorted: [one] } };
    practice.failNext({ kind: "answer", status: 200, body: page, path: "/leads/unsorted" }, 80);

    const incoming = await listIncomingLeads(0, options);
    expect(incoming).toMatchObject({ isWhole: false });
    expect(incoming.leads).toHaveLength(40);
    expect(await findByContact([sought], incoming, known, options)).toEqual(new Map([["another", "unsure"]]));
  });

  test("of more than 10,000 changed leads say nothing of what was not read", async () => {
    const page = { _links: { next: { href: "" } }, _embedded: { leads: [{ id: 1 }] } };
    practice.failNext({ kind: "answer", status: 200, body: page, path: "/leads?" }, 40);

    expect(await listLeadsUpdatedSince(0, options)).toBeUndefined();
    practice.failNext({ kind: "answer", status: 200, body: page, path: "updated_at" }, 80);
    expect(await findByContact([sought], { leads: [], skipped: 0, isWhole: true }, known, options)).toEqual(
      new Map([["another", "unsure"]]),
    );
  });

  test("of incoming leads, read before a lead of the same name came, leave open whose that is until it is accepted", async () => {
    const before = await listIncomingLeads(0, options);
    await sendIncomingLeads(toItems(1), options);
    const [{ leadId = 0 } = {}] = practice.incomingLeads();
    const now = Date.now();
    const namesake = { ...sought, name: "Заявка: Имя 0", createdAt: now, sentAt: now };
    const find = async () => (await findByContact([namesake], before, known, options)).get(sought.id);

    expect(await find()).toBe("unsure");
    await practice.control.accept(leadId);
    expect(await find()).toMatchObject({ leadId });
  });

  test("of incoming leads are read to the page on which every lead is older than asked", async () => {
    await sendIncomingLeads(toItems(250), options);
    await sendIncomingLeads(toItems(250), options);
    await sendIncomingLeads(toItems(10), options);
    const createdAt = toItems(1)[0]?.created_at ?? 0;

    expect((await listIncomingLeads(createdAt, options)).leads).toHaveLength(510);
    const before = practice.journal.length;
    expect((await listIncomingLeads(createdAt + 1, options)).leads).toHaveLength(250);
    expect(practice.journal.length - before).toBe(1);
  });
});

describe("leads from the newest down", () => {
  const REFERENCE = 1711084;
  const referring = mappingSchema.parse({
    pipelineId: 12984871,
    fields: {},
    reference: { entity: "leads", fieldId: REFERENCE, type: "text" },
  });
  const send = (count: number) =>
    sendIncomingLeads(
      Array.from({ length: count }, (_, index) =>
        toIncomingLead(aLeadToSend({ id: `lead-${index}`, name: `Имя ${index}` }), referring),
      ),
      options,
    );
  const idsOf = async (lowestId: number) =>
    (await listLeadsDownTo(lowestId, options)).leads.map(({ id }) => id);
  /** Answers the next requests for leads with these records, each the last page unless told otherwise. */
  const answer = (records: unknown[], times = 1, links: object = {}) => {
    const body = { _links: links, _embedded: { leads: records } };
    practice.failNext({ kind: "answer", status: 200, body, path: "/leads?" }, times);
  };

  test("come whole: incoming, accepted, with name, time, contact and reference; the declined one is not there", async () => {
    await send(3);
    const [third, second, first] = practice.incomingLeads();
    await practice.control.accept(second?.leadId ?? 0);
    await practice.control.decline(first?.leadId ?? 0);

    const { leads, isWhole, skipped } = await listLeadsDownTo(1, options);

    expect({ isWhole, skipped }).toEqual({ isWhole: true, skipped: 0 });
    expect(leads.map(({ id }) => id)).toEqual([third?.leadId, second?.leadId]);
    expect(leads[0]).toMatchObject({ name: "Заявка: Имя 2", createdAt: expect.any(Number) });
    expect(leads.map(({ contactIds }) => contactIds.length)).toEqual([1, 1]);
    expect(leads.map((lead) => listReferences(lead, new Set([REFERENCE])))).toEqual([["lead-2"], ["lead-1"]]);
    expect(listReferences({ custom: [] }, new Set([REFERENCE]))).toEqual([]);
  });

  test("are read only as far as the page on which the lowest id lies", async () => {
    await send(250);
    await send(250);
    await send(100);
    const ids = practice
      .incomingLeads()
      .map(({ leadId }) => leadId)
      .sort((one, other) => other - one);
    const before = practice.journal.length;

    expect(await idsOf(ids[249] ?? 0)).toEqual(ids.slice(0, 250));
    expect(await idsOf(ids[250] ?? 0)).toEqual(ids.slice(0, 251));
    expect(practice.journal.length - before).toBe(3);
    expect(await idsOf(1)).toEqual(ids);
  });

  test("end past a page of leads that were all made before the time asked for, and are not whole then", async () => {
    answer(
      [
        { id: 9, created_at: 50 },
        { id: 8, created_at: 100 },
      ],
      1,
      { next: { href: "" } },
    );
    answer(
      [
        { id: 7, created_at: 99 },
        { id: 6, created_at: 98 },
      ],
      1,
      { next: { href: "" } },
    );

    const { leads, isWhole } = await listLeadsDownTo(1, options, { since: 100 });

    expect(leads.map(({ id }) => id)).toEqual([9, 8, 7, 6]);
    expect(isWhole).toBe(false);
  });

  test("that were pushed to the next page meanwhile are listed once", async () => {
    answer([{ id: 9 }, { id: 8 }], 1, { next: { href: "" } });
    answer([{ id: 8 }, { id: 7 }]);

    expect(await idsOf(1)).toEqual([9, 8, 7]);
  });

  test("of an account without any are an empty list", async () => {
    expect(await listLeadsDownTo(1, options)).toMatchObject({ leads: [], isWhole: true, skipped: 0 });
  });

  test("that are more than 50,000 are not said to be whole", async () => {
    answer([{ id: 2 }], 200, { next: { href: "" } });

    expect(await listLeadsDownTo(1, options)).toMatchObject({ isWhole: false, leads: [{ id: 2 }] });
  });

  test("that are odd are read as far as they go, and those without an id are counted", async () => {
    const reference = { field_id: REFERENCE, values: [null, { value: "lead-0" }, { value: {} }] };
    answer([
      { id: "12", name: 5, created_at: "now", custom_fields_values: null, _embedded: [] },
      { id: 11, custom_fields_values: ["?", reference], _embedded: { contacts: [null, { id: "3" }] } },
      { id: 10, custom_fields_values: { 1: reference }, _embedded: { contacts: null } },
      { name: "without an id" },
      null,
    ]);

    const { leads, skipped } = await listLeadsDownTo(1, options);

    expect(skipped).toBe(2);
    expect(leads).toEqual([
      { id: 12, name: "5", createdAt: null, contactIds: [], custom: [] },
      {
        id: 11,
        name: null,
        createdAt: null,
        contactIds: [3],
        custom: [{ fieldId: REFERENCE, texts: ["lead-0"] }],
      },
      {
        id: 10,
        name: null,
        createdAt: null,
        contactIds: [],
        custom: [{ fieldId: REFERENCE, texts: ["lead-0"] }],
      },
    ]);
  });
});
