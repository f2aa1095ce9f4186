import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, startPractice } from "../../practice/server.ts";
import { callPractice, postItems, readPractice } from "../support/practice-calls.ts";
import { anItem, anItemNamed, withField } from "../support/practice-items.ts";

const MAIN = 12984871;
const INCOMING = 103140001;
const FIRST_STAGE = 103140002;
const WAY = 1711080;
const REFERENCE = 1711084;

let kommo: Practice;

beforeEach(async () => {
  kommo = await startPractice({ requestsPerSecond: 0 });
});

afterEach(() => kommo.close());

describe("settings changed while we work", () => {
  test("a deleted field refuses the lead that names it, and is listed no more", async () => {
    kommo.control.deleteField({ entity: "leads", id: 467714 });

    expect(await refusedErrors(anItem())).toMatchObject([
      { code: "NotSupportedChoice", path: "_embedded.leads.0.custom_fields_values.0.field_id" },
    ]);
    expect((await callPractice(kommo, "/api/v4/leads/custom_fields/467714")).status).toBe(404);
  });

  test("a renamed field keeps its id, a retyped one checks anew", async () => {
    kommo.control.renameField({ entity: "leads", id: 488804, name: "Ремесло" });
    kommo.control.retypeField({ entity: "leads", id: 488804, type: "numeric" });

    expect(await readPractice(kommo, "/leads/custom_fields/488804")).toMatchObject({
      name: "Ремесло",
      type: "numeric",
    });
    expect(
      await refusedErrors(anItem(withField({ field_id: 488804, values: [{ value: "кузнец" }] }))),
    ).toMatchObject([{ code: "InvalidType" }]);
  });

  test("a deleted or renamed option is no choice any more", async () => {
    const choose = (value: string) => anItem(withField({ field_id: WAY, values: [{ value }] }));
    kommo.control.deleteOption({ entity: "leads", fieldId: WAY, id: 990320 });
    kommo.control.renameOption({ entity: "leads", fieldId: WAY, id: 990322, name: "Мессенджер" });

    for (const value of ["Звонок", "Telegram"]) {
      expect(await refusedErrors(choose(value))).toMatchObject([{ code: "NotSupportedChoice" }]);
    }
    expect((await postItems(kommo, [choose("Мессенджер")])).status).toBe(200);
  });

  test("an archived pipeline and a deleted one refuse leads; the next becomes the main one", async () => {
    const id = kommo.control.addPipeline({ name: "Вторая" });
    kommo.control.archivePipeline({ id });
    const archived = await refusedErrors(anItem({ pipeline_id: id }));
    kommo.control.archivePipeline({ id, on: false });
    kommo.control.renamePipeline({ id, name: "Главная" });
    kommo.control.deletePipeline({ id: MAIN });

    expect(archived).toMatchObject([{ code: "NotSupportedChoice", path: "pipeline_id" }]);
    expect(await refusedErrors(anItem())).toMatchObject([
      { code: "NotSupportedChoice", path: "pipeline_id" },
    ]);
    expect((await readPractice(kommo, "/leads/pipelines"))._embedded.pipelines).toMatchObject([
      { id, name: "Главная", is_main: true },
    ]);
  });

  test("of one practice Kommo leave another alone", async () => {
    kommo.control.deleteField({ entity: "leads", id: 467714 });
    const other = await startPractice({ requestsPerSecond: 0 });

    expect((await postItems(other, [anItem()])).status).toBe(200);
    await other.close();
  });

  test("name what is not there", () => {
    expect(() => kommo.control.deleteField({ entity: "leads", id: 1 })).toThrow(
      "There is no field 1 of leads.",
    );
  });
});

describe("a lead", () => {
  test("that is patched leaves the incoming stage", async () => {
    const [lead] = await send(anItem());

    const response = await patch(lead?.leadId, { name: "Иначе" });

    expect(response.status).toBe(200);
    expect(await readPractice(kommo, `/leads/${lead?.leadId}`)).toMatchObject({
      name: "Иначе",
      status_id: FIRST_STAGE,
    });
    expect((await callPractice(kommo, "/api/v4/leads/unsorted")).status).toBe(204);
    expect(kommo.incomingLeads()).toMatchObject([{ outcome: "touched" }]);
    expect(kommo.journal.map(({ method }) => method)).toContain("PATCH");
  });

  test("cannot be patched into the incoming stage", async () => {
    const [lead] = await send(anItem());

    const response = await patch(lead?.leadId, { status_id: INCOMING });

    expect(response.status).toBe(400);
    expect((await response.json())["validation-errors"]).toMatchObject([
      { errors: [{ code: "NotSupportedChoice", path: "status_id" }] },
    ]);
    expect(kommo.incomingLeads()).toMatchObject([{ outcome: "incoming" }]);
  });

  test("is accepted or declined once", async () => {
    const [second, first] = await send(anItem(), anItem());

    const statuses = [
      await sort(first?.uid, "accept", "POST"),
      await sort(first?.uid, "accept", "POST"),
      await sort(second?.uid, "decline", "DELETE"),
      await sort(second?.uid, "decline", "DELETE"),
    ];

    expect(statuses.map(({ status }) => status)).toEqual([200, 404, 200, 404]);
  });

  test("of a form cannot be linked", async () => {
    const [lead] = await send(anItem());

    expect((await sort(lead?.uid, "link", "POST")).status).toBe(400);
  });

  test("brings a company that is listed once it is accepted", async () => {
    const [lead] = await send(anItem({ _embedded: { companies: [{ name: "Кузница" }] } }));

    const before = await callPractice(kommo, "/api/v4/companies");
    await kommo.control.accept(lead?.leadId ?? 0);

    expect(before.status).toBe(204);
    expect((await readPractice(kommo, "/companies"))._embedded.companies).toMatchObject([
      { name: "Кузница" },
    ]);
  });
});

describe("leads are found", () => {
  test.each([
    [`filter[statuses][0][pipeline_id]=${MAIN}&filter[statuses][0][status_id]=${FIRST_STAGE}`, ["Второй"]],
    ["filter[created_at][from]=1763700000", ["Первый"]],
    ["filter[created_at][to]=1763700000", ["Второй"]],
    ["query=втор", ["Второй"]],
    ["order[created_at]=desc", ["Первый", "Второй"]],
    ["order[created_at]=asc", ["Второй", "Первый"]],
    ["order[id]=desc", ["Второй", "Первый"]],
    ["order[id]=asc", ["Первый", "Второй"]],
  ])("by %s", async (query, names) => {
    const [second] = await send(
      anItemNamed("Первый"),
      anItem({ _embedded: { leads: [{ name: "Второй", created_at: 1 }] } }),
    );
    await kommo.control.accept(second?.leadId ?? 0);

    const { _embedded } = await readPractice(kommo, `/leads?${query}`);

    expect(_embedded.leads.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  test("with what stands in their fields, incoming and accepted, and without it in the trash", async () => {
    const reference = (value: string) => ({ field_id: REFERENCE, values: [{ value }] });
    const [third, second] = await send(
      ...["первый", "второй", "третий"].map((id) => anItem(withField(reference(id)))),
    );
    await kommo.control.accept(second?.leadId ?? 0);
    await kommo.control.decline(third?.leadId ?? 0);

    const [listed, trash] = await Promise.all([
      readPractice(kommo, "/leads?order[id]=desc"),
      readPractice(kommo, "/leads?with=only_deleted"),
    ]);

    expect(listed._embedded.leads).toMatchObject(
      ["второй", "первый"].map((value) => ({
        custom_fields_values: [
          { field_id: REFERENCE, field_name: "Lead Desk ID", field_type: "text", values: [{ value }] },
        ],
      })),
    );
    expect(trash._embedded.leads).toHaveLength(1);
    expect(trash._embedded.leads[0]).not.toHaveProperty("custom_fields_values");
  });

  test("in the trash by with=only_deleted, and nowhere else", async () => {
    const [lead] = await send(anItem());
    await kommo.control.decline(lead?.leadId ?? 0);

    const { _embedded } = await readPractice(kommo, `/leads?with=only_deleted&filter[id][]=${lead?.leadId}`);

    expect(_embedded.leads).toMatchObject([{ id: lead?.leadId, is_deleted: true, name: null }]);
    expect((await callPractice(kommo, "/api/v4/leads")).status).toBe(204);
  });
});

test("the summary tells an accepted uid from a declined one", async () => {
  const [third, second, first] = await send(anItem(), anItem(), anItem());
  await kommo.control.accept(first?.leadId ?? 0);
  await kommo.control.decline(second?.leadId ?? 0);

  const summaries = await Promise.all(
    ["", `?filter[uid]=${first?.uid}`, `?filter[uid]=${second?.uid}`, `?filter[uid]=${third?.uid}`].map(
      (query) => readPractice(kommo, `/leads/unsorted/summary${query}`),
    ),
  );

  expect(summaries.map(({ total, accepted, declined }) => [total, accepted, declined])).toEqual([
    [3, 1, 1],
    [1, 1, 0],
    [1, 0, 1],
    [1, 0, 0],
  ]);
});

test("a pipeline's stages are listed, and won has the same id in each", async () => {
  const id = kommo.control.addPipeline({ name: "Вторая" });

  const lists = await Promise.all(
    [MAIN, id].map((one) => readPractice(kommo, `/leads/pipelines/${one}/statuses`)),
  );
  const won = await readPractice(kommo, `/leads/pipelines/${id}/statuses/142`);

  expect(lists.map(({ _total_items }) => _total_items)).toEqual([6, 4]);
  expect(lists[1]._embedded.statuses[0]).toMatchObject({ type: 1, sort: 10, pipeline_id: id });
  expect(won).toMatchObject({ id: 142, pipeline_id: id });
});

test("a state file written before there were companies still opens", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "practice-")), "state.json");
  const tags = [{ id: 1, name: "fair" }];
  writeFileSync(stateFile, JSON.stringify({ nextId: 5, leads: [], contacts: [], tags, incoming: [] }));

  const old = await startPractice({ stateFile });

  expect((await readPractice(old, "/leads/tags"))._embedded.tags).toMatchObject(tags);
  await old.close();
});

async function send(...items: unknown[]) {
  await postItems(kommo, items);
  return kommo.incomingLeads();
}

async function refusedErrors(item: unknown) {
  return (await (await postItems(kommo, [item])).json())["validation-errors"][0].errors;
}

function patch(id: number | undefined, change: object) {
  return callPractice(kommo, `/api/v4/leads/${id}`, { method: "PATCH", body: JSON.stringify(change) });
}

function sort(uid: string | undefined, verb: string, method: string) {
  return callPractice(kommo, `/api/v4/leads/unsorted/${uid}/${verb}`, { method });
}
