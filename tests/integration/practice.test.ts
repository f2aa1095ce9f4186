import { mkdtemp } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, startPractice } from "../../practice/server.ts";
import { issueToken } from "../../practice/state/token.ts";
import { aForm, aLead, anItem, withField, withLead } from "../support/practice-items.ts";

const FORMS = "/api/v4/leads/unsorted/forms";

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0 });
});

afterEach(() => kommo.close());

describe("an incoming lead", () => {
  test("of the guide's simplified example is accepted as written", async () => {
    const response = await post([anItem()]);

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/hal+json");
    expect(response.headers.get("x-request-id")).toBeTruthy();
    const [record] = kommo.incomingLeads();
    expect(await response.json()).toEqual({
      _total_items: 1,
      _embedded: {
        unsorted: [
          {
            uid: expect.stringMatching(/^[0-9a-f]{60}$/),
            account_id: expect.any(Number),
            request_id: "0",
            _links: { self: { href: `${kommo.url}/api/v4/leads/unsorted/${record?.uid}` } },
            _embedded: {
              contacts: [{ id: record?.contactId, _links: expect.anything() }],
              leads: [{ id: record?.leadId, _links: expect.anything() }],
              companies: [],
            },
          },
        ],
      },
    });
  });

  test("keeps its values, tags and incoming stage", async () => {
    const item = anItem();
    item._embedded.leads[0] = { ...aLead(), _embedded: { tags: [{ name: "fair" }] } };

    await post([item]);

    const lead = await getJson(`/leads/${kommo.incomingLeads()[0]?.leadId}?with=contacts`);
    expect(lead).toMatchObject({ name: "Заявка: Иван Петров", price: 0, status_id: 103140001 });
    expect(lead.custom_fields_values).toEqual([
      {
        field_id: 467714,
        field_name: "utm_source",
        field_code: "UTM_SOURCE",
        field_type: "tracking_data",
        values: [{ value: "instagram" }],
        is_computed: false,
      },
    ]);
    expect(lead._embedded.tags).toMatchObject([{ name: "fair" }]);
  });

  test("sent twice with one source_uid becomes two", async () => {
    await post([anItem({ request_id: "a" })]);
    await post([anItem({ request_id: "a" })]);

    expect(kommo.incomingLeads().map(({ requestId }) => requestId)).toEqual(["a", "a"]);
  });

  test("with singular or misplaced keys is created bare", async () => {
    const { _embedded, ...rest } = anItem();

    await post([{ ...rest, _embedded: { lead: [aLead()], contact: [] }, leads: [aLead()] }]);

    const [record] = kommo.incomingLeads();
    expect(record?.contactId).toBeNull();
    expect(await getJson(`/leads/${record?.leadId}`)).toMatchObject({
      name: "Internal Team Form",
      custom_fields_values: null,
    });
  });

  test("of an existing contact keeps that contact", async () => {
    await post([anItem()]);
    const id = kommo.incomingLeads()[0]?.contactId;

    await post([anItem({ _embedded: { contacts: [{ id }] } })]);

    expect(kommo.incomingLeads()[0]?.contactId).toBe(id);
  });
});

describe("a refused body", () => {
  test.each([
    ["source_name", "FieldMissing", "This field is missing.", { source_name: undefined }],
    ["metadata", "FieldMissing", "This field is missing.", { metadata: undefined }],
    [
      "metadata.form_sent_at",
      "FieldMissing",
      "This field is missing.",
      { metadata: aForm({ form_sent_at: undefined }) },
    ],
    [
      "metadata.utm_source",
      "FieldNotExpected",
      "This field was not expected.",
      { metadata: aForm({ utm_source: "x" }) },
    ],
    [
      "metadata.form_sent_at",
      "InvalidType",
      "This value should be of type int.",
      { metadata: aForm({ form_sent_at: "1" }) },
    ],
    ["source_uid", "InvalidType", "This value should be of type string.", { source_uid: 1 }],
    [
      "pipeline_id",
      "NotSupportedChoice",
      "The value you selected is not a valid choice.",
      { pipeline_id: 1 },
    ],
    ["_embedded.leads", "InvalidType", "This value should be of type array.", { _embedded: { leads: {} } }],
    [
      "_embedded.leads.0.price",
      "InvalidType",
      "This value should be of type int.",
      withLead({ price: "5000" }),
    ],
    [
      "_embedded.contacts.0.id",
      "NotSupportedChoice",
      "The value you selected is not a valid choice.",
      { _embedded: { contacts: [{ id: 1 }] } },
    ],
    [
      "_embedded.leads.0.responsible_user_id",
      "NotSupportedChoice",
      "The value you selected is not a valid choice.",
      withLead({ responsible_user_id: 1 }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.field_id",
      "NotSupportedChoice",
      "The value you selected is not a valid choice.",
      withField({ field_id: 467700, values: [{ value: "+7" }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.field_id",
      "InvalidType",
      "This value should be of type int.",
      withField({ field_id: "488804", values: [{ value: "x" }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.value",
      "InvalidType",
      "This value should be of type string.",
      withField({ field_id: 488804, values: [{ value: 7 }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.value",
      "TooLong",
      "This value is too long. It should have 256 characters or less.",
      withField({ field_id: 488804, values: [{ value: "х".repeat(257) }] }),
    ],
    [
      "_embedded.leads.0.name",
      "TooLong",
      "This value is too long. It should have 255 characters or less.",
      withLead({ name: "х".repeat(256) }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.value",
      "InvalidType",
      "This value should be of type int.",
      withField({ field_id: 1711082, values: [{ value: -86_400 }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.value",
      "InvalidType",
      "This value should be of type numeric.",
      withField({ field_id: 1709444, values: [{ value: "120к" }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.value",
      "NotSupportedChoice",
      "The value you selected is not a valid choice.",
      withField({ field_id: 1711080, values: [{ value: "Факс" }] }),
    ],
    [
      "_embedded.leads.0.custom_fields_values.0.values.0.enum_code",
      "FieldNotExpected",
      "This field was not expected.",
      withField({ field_id: 488804, values: [{ value: "x", enum_code: "WORK" }] }),
    ],
  ])("names %s with %s", async (path, code, detail, change) => {
    const response = await post([anItem({ request_id: "one", ...change })]);

    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.text()).toBe(
      JSON.stringify({
        "validation-errors": [{ request_id: "one", errors: [{ code, path, detail }] }],
        title: "Bad Request",
        type: "https://httpstatus.es/400",
        status: 400,
        detail: "Request validation failed",
      }),
    );
  });

  test("creates nothing, and names every failing item", async () => {
    const response = await post([
      anItem(),
      anItem({ source_uid: undefined, pipeline_id: "x" }),
      anItem({ metadata: [] }),
    ]);

    const problem = await response.json();
    expect(problem["validation-errors"].map((item: { request_id: string }) => item.request_id)).toEqual([
      "1",
      "2",
    ]);
    expect(problem["validation-errors"][0].errors).toHaveLength(2);
    expect(kommo.incomingLeads()).toEqual([]);
  });

  test("wrapped in an object is told so by prefixed paths", async () => {
    const problem = await (await post({ data: [anItem()] })).json();

    expect(problem["validation-errors"]).toMatchObject([
      {
        request_id: "0",
        errors: [{ path: "data.source_name" }, { path: "data.source_uid" }, { path: "data.metadata" }],
      },
    ]);
  });

  test.each(["", "[]", "{}", "not json"])("that holds nothing (%j) is 400", async (body) => {
    const response = await call(FORMS, { method: "POST", body });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: "Request data can not be empty" });
  });

  test("of 251 items is 422", async () => {
    const response = await post(Array.from({ length: 251 }, () => anItem()));

    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      title: "Unprocessable Entity",
      detail: "Limit 250 per page",
    });
  });

  test("of more than 5 MB is 413", async () => {
    const response = await post([anItem({ source_name: "x".repeat(5 * 1024 * 1024) })]);

    expect(response.status).toBe(413);
  });
});

describe("a list", () => {
  test("of nothing is 204 without a byte", async () => {
    for (const path of ["/leads/unsorted", "/contacts", "/leads", "/leads/tags", "/contacts/1"]) {
      const response = await call(`/api/v4${path}`);
      expect([response.status, await response.text()]).toEqual([204, ""]);
    }
  });

  test("of incoming leads is newest first, in pages linked while there are more", async () => {
    await post([
      anItem({ source_uid: "a", created_at: 3 }),
      anItem({ source_uid: "b", created_at: 1 }),
      anItem({ source_uid: "c", created_at: 2 }),
    ]);

    const first = await getJson("/leads/unsorted?limit=2&order[created_at]=asc");
    const second = await (await call(first._links.next.href.replace(kommo.url, ""))).json();

    expect(first._embedded.unsorted.map(toSourceUid)).toEqual(["a", "c"]);
    expect(second._embedded.unsorted.map(toSourceUid)).toEqual(["b"]);
    expect(second._links.next).toBeUndefined();
    expect(first._embedded.unsorted[0].metadata.form_sent_at).toBe("1763700000");
  });

  test("understands raw and encoded brackets, and ignores filters it does not know", async () => {
    await post([anItem(), anItem()]);
    const [newer, older] = kommo.incomingLeads();

    expect((await getJson(`/leads/unsorted?filter%5Buid%5D=${older?.uid}`))._embedded.unsorted).toHaveLength(
      1,
    );
    expect((await getJson(`/leads?filter[id][0]=${newer?.leadId}`))._embedded.leads).toHaveLength(1);
    expect((await getJson("/leads?filter[colour]=red"))._embedded.leads).toHaveLength(2);
  });

  test("of custom fields is paged by limit", async () => {
    const page = await getJson("/leads/custom_fields?limit=4&page=2");

    expect(page).toMatchObject({ _page: 2, _page_count: 4, _total_items: 13 });
    expect(page._embedded.custom_fields.map((field: { id: number }) => field.id)).toContain(467718);
  });

  test("of contacts hides a lead's contact until it is accepted, and finds it by text as written", async () => {
    await post([anItem()]);
    const [record] = kommo.incomingLeads();

    expect((await call("/api/v4/contacts?query=900123")).status).toBe(204);
    await call(`/api/v4/leads/unsorted/${record?.uid}/accept`, { method: "POST" });

    expect(
      (await getJson("/contacts?query=900123&with=leads"))._embedded.contacts[0]._embedded.leads[0].id,
    ).toBe(record?.leadId);
    expect((await call("/api/v4/contacts?query=8900123")).status).toBe(204);
    expect(await getJson(`/leads/${record?.leadId}`)).toMatchObject({ status_id: 103140002 });
  });
});

test("a declined lead reads as 204 and lies in the trash", async () => {
  await post([anItem()]);
  const [record] = kommo.incomingLeads();

  await call(`/api/v4/leads/unsorted/${record?.uid}/decline`, { method: "DELETE" });

  expect((await call(`/api/v4/leads/${record?.leadId}`)).status).toBe(204);
  expect((await call(`/api/v4/leads/unsorted/${record?.uid}/decline`, { method: "DELETE" })).status).toBe(
    404,
  );
  const trash = await getJson(`/leads?with=only_deleted&filter[id][]=${record?.leadId}`);
  expect(trash._embedded.leads).toMatchObject([{ id: record?.leadId, is_deleted: true }]);
});

describe("the door", () => {
  test.each([
    ["no token", ""],
    ["garbage", "Bearer abc"],
    ["another scheme", `Basic ${issueToken()}`],
    ["an expired token", `Bearer ${issueToken(1)}`],
  ])("refuses %s with 401", async (_, authorization) => {
    const response = await fetch(`${kommo.url}/api/v4/account`, { headers: { authorization } });

    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect([response.status, await response.text()]).toEqual([
      401,
      '{"title":"Unauthorized","type":"https://httpstatus.es/401","status":401,"detail":"Invalid user name or password"}',
    ]);
  });

  test("knows an unknown address from a wrong verb", async () => {
    const unknown = await call("/api/v4/nothing?a=1", { method: "POST", body: "[]" });
    const wrongVerb = await call("/api/v4/leads/unsorted", { method: "POST", body: "[]" });

    expect(await unknown.json()).toMatchObject({
      status: 404,
      detail: `Cannot POST ${kommo.url}/api/v4/nothing?a=1`,
    });
    expect(await wrongVerb.json()).toMatchObject({ status: 405, title: "Method Not Allowed" });
  });

  test("lets seven requests through in a second and answers 429 to the eighth", async () => {
    const strict = await startPractice();
    const requests = Array.from({ length: 8 }, () => call("/api/v4/account", {}, strict));

    const responses = await Promise.all(requests);

    expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
    const refused = responses.find(({ status }) => status === 429);
    expect(await refused?.json()).toMatchObject({ title: "Too Many Requests", retry_after: 300 });
    await strict.close();
  });

  test("writes every API request into the journal", async () => {
    await post([anItem()]);

    expect(kommo.journal).toMatchObject([
      { method: "POST", path: FORMS, status: 200, body: [{ source_name: "Internal Team Form" }] },
    ]);
  });
});

describe("a fault", () => {
  test("that cuts before leaves nothing behind", async () => {
    kommo.failNext({ kind: "cut-before" });

    await expect(post([anItem()])).rejects.toThrow();

    expect(kommo.incomingLeads()).toHaveLength(0);
  });

  test("that cuts after leaves the lead applied", async () => {
    kommo.failNext({ kind: "cut-after" });

    await expect(post([anItem()])).rejects.toThrow();

    expect(kommo.incomingLeads()).toHaveLength(1);
  });

  test("waits for its method and happens as often as asked", async () => {
    kommo.failNext({ kind: "answer", status: 502, body: "<h1>Bad Gateway</h1>", method: "POST" }, 2);

    const statuses = [
      await call("/api/v4/account"),
      await post([anItem()]),
      await post([anItem()]),
      await post([anItem()]),
    ];

    expect(statuses.map(({ status }) => status)).toEqual([200, 502, 502, 200]);
    expect(statuses[1]?.headers.get("content-type")).toBe("text/html");
  });

  test("that is slow outlasts an impatient client and still applies", async () => {
    kommo.failNext({ kind: "slow", ms: 150 });

    await expect(post([anItem()], AbortSignal.timeout(50))).rejects.toThrow();

    await expect.poll(() => kommo.incomingLeads().length).toBe(1);
  });
});

test("what was sent, and the token, survive a restart", async () => {
  const stateFile = join(await mkdtemp(join(tmpdir(), "practice-")), "state.json");
  const first = await startPractice({ stateFile });
  await call(FORMS, { method: "POST", body: JSON.stringify([anItem()]) }, first);
  await first.close();

  const second = await startPractice({ stateFile });

  expect(second.incomingLeads()).toEqual(first.incomingLeads());
  expect(second.token).toBe(first.token);
  await second.close();
});

describe("the board", () => {
  test("shows a lead called <script> as text", async () => {
    await post([anItem(withLead({ name: "<script>alert(1)</script>" }))]);

    const board = await (await fetch(kommo.url)).text();
    const lead = await (await fetch(`${kommo.url}/leads/detail/${kommo.incomingLeads()[0]?.leadId}`)).text();

    for (const page of [board, lead]) {
      expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
      expect(page).not.toContain("<script>alert");
    }
  });

  test("accepts a lead at the press of its own button, and of no other page's", async () => {
    await post([anItem()]);
    const [record] = kommo.incomingLeads();

    const foreign = await press(record?.uid, "http://evil.example");
    const own = await press(record?.uid, kommo.url);

    expect([foreign.status, own.status]).toEqual([403, 303]);
    expect(await getJson(`/leads/${record?.leadId}`)).toMatchObject({ status_id: 103140002 });
  });

  test("answers only to a loopback name", async () => {
    const status = await new Promise((resolve) =>
      get(kommo.url, { headers: { host: "evil.example" } }, (response) => resolve(response.statusCode)),
    );

    expect(status).toBe(421);
  });

  test("says in words that an address is unknown", async () => {
    const response = await fetch(`${kommo.url}/leads/detail/1`);

    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining("There is nothing at this address"),
    ]);
  });
});

function press(uid: string | undefined, origin: string) {
  const body = new URLSearchParams({ uid: uid ?? "" });
  return fetch(`${kommo.url}/board/accept`, {
    method: "POST",
    body,
    headers: { origin },
    redirect: "manual",
  });
}

function call(path: string, init: RequestInit = {}, practice = kommo) {
  return fetch(practice.url + path, { ...init, headers: { authorization: `Bearer ${practice.token}` } });
}

function post(body: unknown, signal?: AbortSignal) {
  return call(FORMS, { method: "POST", body: JSON.stringify(body), ...(signal ? { signal } : {}) });
}

async function getJson(path: string) {
  return (await call(`/api/v4${path}`)).json();
}

const toSourceUid = (item: { source_uid: string }) => item.source_uid;
