import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, type Switches, startPractice } from "../../practice/server.ts";
import { callPractice, postItems, readPractice } from "../support/practice-calls.ts";
import { aForm, anItem, withField, withLead } from "../support/practice-items.ts";

const MAIN = 12984871;
const FIRST_STAGE = 103140002;

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0 });
});

afterEach(() => kommo.close());

describe("a validation error", () => {
  test.each([
    ["plain", "source_name"],
    ["indexed", "1.source_name"],
    ["none", undefined],
  ] as const)("has its path %s", async (errorPaths, path) => {
    set("errorPaths", errorPaths);

    const [group] = await refused([anItem(), anItem({ source_name: undefined })]);

    expect(group.errors[0].path).toBe(path);
    expect(group.request_id).toBe("1");
  });

  test("may not say which item it means", async () => {
    set("errorRequestIds", false);

    const [group] = await refused([anItem({ source_name: undefined })]);

    expect(group).not.toHaveProperty("request_id");
  });

  test("lets the innocent items in when a batch is not atomic", async () => {
    set("batch", "partial");

    const groups = await refused([anItem({ request_id: "good" }), anItem({ source_name: undefined })]);

    expect(groups).toHaveLength(1);
    expect(kommo.incomingLeads().map(({ requestId }) => requestId)).toEqual(["good"]);
  });
});

describe("an incoming lead", () => {
  test("needs no form_page unless it is required", async () => {
    const item = anItem({ metadata: aForm({ form_page: undefined }) });

    const before = await postItems(kommo, [item]);
    set("formPageRequired", true);

    expect(before.status).toBe(200);
    expect((await refused([item]))[0].errors).toMatchObject([
      { code: "FieldMissing", path: "metadata.form_page" },
    ]);
  });

  test("with a stranger among its metadata meets the code of the switch", async () => {
    const item = anItem({ metadata: aForm({ utm_source: "x" }) });

    set("unknownMetadataKey", "NotSupportedChoice");
    const [{ errors }] = await refused([item]);
    set("unknownMetadataKey", "ignored");

    expect(errors).toMatchObject([{ code: "NotSupportedChoice", path: "metadata.utm_source" }]);
    expect((await postItems(kommo, [item])).status).toBe(200);
  });

  test("may not name a contact by id when that is switched off", async () => {
    await postItems(kommo, [anItem()]);
    set("contactId", "refused");
    const contacts = [{ id: kommo.incomingLeads()[0]?.contactId }];

    expect((await refused([anItem({ _embedded: { contacts } })]))[0].errors).toMatchObject([
      { code: "FieldNotExpected", path: "_embedded.contacts.0.id" },
    ]);
  });

  test("takes its pipeline from the embedded lead, unless that is switched off", async () => {
    const id = kommo.control.addPipeline({ name: "Вторая" });
    const item = { ...anItem(withLead({ pipeline_id: id })), pipeline_id: undefined };

    await postItems(kommo, [item]);
    set("leadPipelineFallback", false);
    await postItems(kommo, [item]);

    const { _embedded } = await readPractice(kommo, "/leads/unsorted");
    expect(_embedded.unsorted.map((one: { pipeline_id: number }) => one.pipeline_id)).toEqual([MAIN, id]);
  });

  test("for a pipeline without incoming leads is refused, or lands in the first stage", async () => {
    kommo.control.setUnsorted({ id: MAIN, on: false });

    const [{ errors }] = await refused([anItem()]);
    set("unsortedOff", "first-stage");
    await postItems(kommo, [anItem()]);

    expect(errors).toMatchObject([{ code: "NotSupportedChoice", path: "pipeline_id" }]);
    const [record] = kommo.incomingLeads();
    expect(await readPractice(kommo, `/leads/${record?.leadId}`)).toMatchObject({ status_id: FIRST_STAGE });
    expect((await callPractice(kommo, "/api/v4/leads/unsorted")).status).toBe(204);
  });

  test.each([204, 404] as const)("that is sorted reads as %d by its uid", async (processedUid) => {
    set("processedUid", processedUid);
    await postItems(kommo, [anItem()]);
    const [record] = kommo.incomingLeads();

    await kommo.control.accept(record?.leadId ?? 0);

    expect((await callPractice(kommo, `/api/v4/leads/unsorted/${record?.uid}`)).status).toBe(processedUid);
  });

  test.each([
    ["kept", 12310005],
    ["acceptor", 12310001],
    ["none", 0],
  ] as const)("that is accepted has its responsible person %s", async (responsibleAfterAccept, expected) => {
    set("responsibleAfterAccept", responsibleAfterAccept);
    await postItems(kommo, [anItem(withLead({ responsible_user_id: 12310005 }))]);
    const [record] = kommo.incomingLeads();

    await kommo.control.accept(record?.leadId ?? 0);

    expect(await readPractice(kommo, `/leads/${record?.leadId}`)).toMatchObject({
      responsible_user_id: expected,
    });
  });

  test.each([1, 12310004])("is refused for the user %d, who is not there or not active", async (id) => {
    const [group] = await refused([anItem(withLead({ responsible_user_id: id }))]);

    expect(group.errors).toMatchObject([
      { code: "NotSupportedChoice", path: "_embedded.leads.0.responsible_user_id" },
    ]);
  });

  test("is read back without its source_uid and form_page when they are not returned", async () => {
    await postItems(kommo, [anItem()]);
    const read = async () => (await readPractice(kommo, "/leads/unsorted"))._embedded.unsorted[0];

    const before = await read();
    set("sourceUidReturned", false);
    set("formPageReturned", false);

    expect(before).toMatchObject({
      source_uid: anItem().source_uid,
      metadata: { form_page: aForm().form_page },
    });
    expect(await read()).toMatchObject({ source_uid: null, metadata: { form_page: null } });
  });

  test("that was declined keeps its values in the events alone, unless those of its creation are not told", async () => {
    await postItems(kommo, [anItem(withField({ field_id: 1711084, values: [{ value: "ours" }] }))]);
    const { leadId } = kommo.incomingLeads()[0] ?? { leadId: 0 };
    await kommo.control.decline(leadId);
    const filter = `filter[entity]=lead&filter[entity_id][]=${leadId}`;
    const read = async () =>
      (await readPractice(kommo, `/events?${filter}`))._embedded.events.map(
        (event: { type: string }) => event.type,
      );

    const trash = await readPractice(kommo, `/leads?with=only_deleted&filter[id][]=${leadId}`);
    const told = await read();
    set("createdValuesTold", false);

    expect(trash._embedded.leads[0].custom_fields_values).toBeUndefined();
    expect(told).toEqual(["lead_deleted", "custom_field_1711084_value_changed", "lead_added"]);
    expect(await read()).toEqual(["lead_deleted", "lead_added"]);
  });

  test("shows in the list only after the lag, and by its lead id at once", async () => {
    set("listLagMs", 60_000);
    await postItems(kommo, [anItem()]);

    const early = await callPractice(kommo, "/api/v4/leads/unsorted");
    set("listLagMs", 0);
    const late = await callPractice(kommo, "/api/v4/leads/unsorted");

    expect([early.status, late.status]).toEqual([204, 200]);
  });

  test("is merged by BIG DATA into an earlier one of the same person, and its id is gone", async () => {
    await postItems(kommo, [anItem()]);
    const [survivor] = kommo.incomingLeads();
    await kommo.control.accept(survivor?.leadId ?? 0);
    await postItems(kommo, [anItem()]);
    const [record] = kommo.incomingLeads();
    const statuses = async () => [
      (await callPractice(kommo, `/api/v4/leads/${record?.leadId}`)).status,
      (await callPractice(kommo, "/api/v4/leads/unsorted")).status,
      (await callPractice(kommo, `/api/v4/leads?with=only_deleted&filter[id][]=${record?.leadId}`)).status,
    ];

    set("mergeAfterMs", 60_000);
    const early = await statuses();
    set("mergeAfterMs", 0);

    expect(early).toEqual([200, 200, 204]);
    expect(await statuses()).toEqual([204, 204, 204]);
    expect(kommo.incomingLeads()).toMatchObject([{ outcome: "merged" }, { outcome: "accepted" }]);
    expect((await callPractice(kommo, `/api/v4/leads/${survivor?.leadId}`)).status).toBe(200);
  });
});

test("a contact is found by a search only after the index has caught up", async () => {
  set("contactLagMs", 60_000);
  await postItems(kommo, [anItem()]);
  await kommo.control.accept(kommo.incomingLeads()[0]?.leadId ?? 0);

  const [listed, early] = [await contacts(""), await contacts("?query=900123")];
  set("contactLagMs", 0);
  const late = await contacts("?query=900123");

  expect([listed, early, late].map(({ status }) => status)).toEqual([200, 204, 200]);
});

test("the 429 body is JSON with the seconds of the switch, or a page", async () => {
  const strict = await startPractice({
    requestsPerSecond: 1,
    switches: { retryAfter: 2 },
  });
  const account = () => callPractice(strict, "/api/v4/account");
  await account();

  const json = await account();
  strict.control.setSwitch("tooMany", "html");
  const html = await account();

  expect(await json.json()).toMatchObject({ status: 429, retry_after: 2 });
  expect([html.status, html.headers.get("content-type")]).toEqual([429, "text/html"]);
  await strict.close();
});

describe("the whole account answers", () => {
  test.each([
    ["402 while the plan is unpaid", () => kommo.control.setUnpaid(true), 402],
    ["401 once the token is revoked", () => kommo.control.revokeToken(), 401],
  ] as const)("%s", async (_, change, status) => {
    change();

    const statuses = [await postItems(kommo, [anItem()]), await callPractice(kommo, "/api/v4/account")];

    expect(statuses.map((response) => response.status)).toEqual([status, status]);
    expect(kommo.incomingLeads()).toEqual([]);
  });

  test("403 to a token that is no admin's, about users only", async () => {
    set("tokenIsAdmin", false);

    const paths = ["/users", "/users/12310001", "/leads/pipelines"];
    const statuses = await Promise.all(paths.map((path) => callPractice(kommo, `/api/v4${path}`)));

    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 200]);
  });
});

function set<K extends keyof Switches>(name: K, value: Switches[K]) {
  kommo.control.setSwitch(name, value);
}

async function refused(items: unknown[]) {
  const response = await postItems(kommo, items);
  expect(response.status).toBe(400);
  return (await response.json())["validation-errors"];
}

function contacts(query: string) {
  return callPractice(kommo, `/api/v4/contacts${query}`);
}
