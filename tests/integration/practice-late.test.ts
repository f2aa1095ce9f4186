import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Fault, type Practice, startPractice } from "../../practice/server.ts";
import { callPractice, postItems, readPractice } from "../support/practice-calls.ts";
import { anItem, anItemNamed } from "../support/practice-items.ts";

let kommo: Practice;
let clock: number;

beforeEach(async () => {
  clock = 1_800_000_000_000;
  kommo = await startPractice({ requestsPerSecond: 0, controlPort: 0, now: () => clock });
});
afterEach(() => kommo.close());

const tell = (path: string, body: object = {}) =>
  fetch(`${kommo.controlUrl}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { authorization: `Bearer ${kommo.token}` },
  });
const statusOf = async (path: string) => (await callPractice(kommo, `/api/v4${path}`)).status;

describe("a request that is applied all the same", () => {
  test.each<[Fault, number]>([
    [{ kind: "500-json", isApplied: true }, 500],
    [{ kind: "500-html", isApplied: true }, 500],
    [{ kind: "400-system", isApplied: true }, 400],
    [{ kind: "429-json", isApplied: true }, 429],
    [{ kind: "answer", status: 524, body: "error code: 524", isApplied: true }, 524],
  ])("is answered by %j", async (fault, status) => {
    await tell("/fault", fault);

    expect((await postItems(kommo, [anItem()])).status).toBe(status);

    expect(kommo.incomingLeads()).toHaveLength(1);
  });
});

describe("a held request", () => {
  test("is answered by a gateway, and applied when its time has come", async () => {
    await tell("/fault", { kind: "hold-504", ms: 150_000 });

    expect((await postItems(kommo, [anItem()])).status).toBe(504);
    expect(await statusOf("/leads/unsorted")).toBe(204);
    clock += 150_000;

    expect(await statusOf("/leads/unsorted")).toBe(200);
  });

  test("is cut, and applied when the control says so", async () => {
    await tell("/fault", { kind: "hold-cut" });

    await expect(postItems(kommo, [anItem()])).rejects.toThrow();
    expect(kommo.incomingLeads()).toHaveLength(0);
    await tell("/held/apply");

    expect(kommo.incomingLeads()).toHaveLength(1);
  });
});

describe("a gateway without patience", () => {
  test("refuses batches over a size, and nothing of them is applied", async () => {
    await tell("/switch", { name: "mostItems", value: 2 });

    expect((await postItems(kommo, [anItem(), anItem(), anItem()])).status).toBe(504);
    expect(kommo.incomingLeads()).toHaveLength(0);
    expect((await postItems(kommo, [anItem(), anItem()])).status).toBe(200);
  });

  test("refuses the batch of a poisoned item", async () => {
    await tell("/poison", { marker: "яд", effect: "504" });

    expect((await postItems(kommo, [anItem(), anItemNamed("яд")])).status).toBe(504);
    expect((await postItems(kommo, [anItem()])).status).toBe(200);
  });

  test("never answers the batch of a poisoned item", async () => {
    await tell("/poison", { marker: "яд", effect: "hang" });
    const ending = new AbortController();

    const answer = postItems(kommo, [anItemNamed("яд")], ending.signal);
    await expect.poll(() => kommo.journal.length).toBe(1);
    await callPractice(kommo, "/api/v4/account");
    ending.abort();

    await expect(answer).rejects.toThrow();
    expect(kommo.incomingLeads()).toHaveLength(0);
  });
});

test("a lagging list of leads shows a new one later", async () => {
  await tell("/switch", { name: "leadLagMs", value: 90_000 });
  await postItems(kommo, [anItem()]);

  expect(await statusOf("/leads")).toBe(204);
  clock += 90_000;

  expect(await statusOf("/leads")).toBe(200);
});

test("ids may be texts of digits", async () => {
  await postItems(kommo, [anItem()]);
  await tell("/switch", { name: "textIds", value: true });

  const { _embedded } = await readPractice(kommo, "/leads?with=contacts");

  expect(_embedded.leads[0].id).toMatch(/^\d+$/);
  expect(_embedded.leads[0]._embedded.contacts[0].id).toMatch(/^\d+$/);
});

describe("a salesperson", () => {
  test("renames a lead, which leaves the incoming ones", async () => {
    const { leadId } = await create();

    await tell("/lead/rename", { leadId, name: "Переименован" });

    expect(await readPractice(kommo, `/leads/${leadId}`)).toMatchObject({ name: "Переименован" });
    expect(await statusOf("/leads/unsorted")).toBe(204);
  });

  test("edits the contact of a lead", async () => {
    const { leadId, contactId } = await create();

    await tell("/contact/edit", { leadId, name: "Другой", phones: ["+79990000001", "+79990000002"] });

    const { name, custom_fields_values } = await readPractice(kommo, `/contacts/${contactId}`);
    expect(name).toBe("Другой");
    expect(JSON.stringify(custom_fields_values)).toMatch(/\+79990000001.*\+79990000002/);
  });

  test("merges two leads: one is left, with the contacts' phones of both", async () => {
    const [into, merged] = [await create(), await create()];
    await tell("/contact/edit", { leadId: merged.leadId, phones: ["+79990000001"] });

    await tell("/lead/merge", { leadId: merged.leadId, intoId: into.leadId });

    expect(await statusOf(`/leads/${merged.leadId}`)).toBe(204);
    const contact = await readPractice(kommo, `/contacts/${into.contactId}`);
    expect(JSON.stringify(contact)).toMatch(/\+79001234567.*\+79990000001/);
  });

  test("puts a lead into the trash", async () => {
    const { leadId } = await create();

    await tell("/lead/trash", { leadId });

    expect(await statusOf(`/leads/${leadId}`)).toBe(204);
    expect(await statusOf("/leads?with=only_deleted")).toBe(200);
  });

  test("is told when the lead is not there", async () => {
    expect((await tell("/lead/trash", { leadId: 1 })).status).toBe(400);
  });
});

async function create() {
  await postItems(kommo, [anItem()]);
  const [created] = kommo.incomingLeads();
  if (!created) throw new Error("nothing was created");
  return created;
}
