import { expect, test } from "vitest";
import { z } from "zod";
import { parseRecords } from "@/lib/kommo/parse-records";
import * as schemas from "@/lib/kommo/schema";
import { createRandom } from "@/practice/faults/random";
import { mutate } from "@/tests/support/mutate";

const { incomingSchema, toPageSchema, userSchema } = schemas;
const ROUNDS = 300;
const LEAD = { id: 11, name: "Заявка", created_at: 1, status_id: 142, _embedded: { contacts: [{ id: 2 }] } };
const PHONE = { field_code: "PHONE", values: [{ value: "+7900" }] };
const CUSTOM = { field_id: 21, values: [{ value: "b2" }] };

/** One of each kind that Kommo sends. */
const GOOD: Partial<Record<string, object>> = {
  userSchema: { id: 5, name: "Анна", email: "a@example.com", rights: { is_admin: true } },
  groupSchema: { id: 6, name: "Отдел продаж" },
  optionRecordSchema: { id: 7, value: "Да", sort: 1, code: null },
  stageRecordSchema: { id: 142, type: 0, name: "Успешно", sort: 10_000, color: "#CCFF66" },
  fieldRecordSchema: { id: 9, name: "Телефон", type: "multitext", code: "PHONE", enums: [] },
  requiredSchema: { pipeline_id: 3, status_id: 142 },
  pipelineRecordSchema: {
    id: 3,
    name: "Воронка",
    is_main: true,
    _embedded: { statuses: [{ id: 1, type: 1, name: "Новые" }] },
  },
  tagSchema: { id: 4, name: "тест", color: null },
  accountAnswerSchema: {
    id: 1,
    name: "Школа",
    subdomain: "school",
    _embedded: { datetime_settings: { timezone: "Europe/Moscow" } },
  },
  leadRecordSchema: LEAD,
  leadWithFieldsSchema: { ...LEAD, custom_fields_values: [CUSTOM] },
  leadFieldSchema: CUSTOM,
  eventSchema: { type: "lead_deleted", entity_id: 11, value_after: [] },
  changeSchema: {
    ...{ id: "01pz", type: "lead_status_changed", entity_type: "lead", entity_id: 11, created_by: 5 },
    ...{ created_at: 1_763_700_000, value_before: [], value_after: [] },
  },
  stageValueSchema: { lead_status: { id: 142, pipeline_id: 3 } },
  leadOutcomeSchema: {
    ...{ id: 11, status_id: 143, pipeline_id: 3, updated_at: 1_763_700_000, closed_at: null },
    _embedded: { loss_reason: [{ id: 1, name: "Дорого" }] },
  },
  lossReasonSchema: { id: 1, name: "Дорого" },
  filtersSchema: { id: 1, is_api_filter_enabled: true },
  fieldChangeSchema: { custom_field_value: { field_id: 21, text: "b2" } },
  contactRecordSchema: { id: 12, custom_fields_values: [PHONE] },
  fieldValuesSchema: PHONE,
  incomingSchema: {
    uid: "a1",
    source_uid: "b2",
    created_at: 1,
    metadata: { form_page: "https://desk.test" },
    _embedded: { leads: [{ id: 13 }], contacts: [{ id: 14 }] },
  },
  sentItemSchema: { uid: "a1", request_id: "b2", _embedded: { leads: [{ id: 13 }], contacts: [] } },
  complexAnswerSchema: [{ id: 13 }],
  complexItemSchema: { id: 13, contact_id: 14, request_id: ["b2"], merged: true },
  tokensSchema: { access_token: "a.b.c", refresh_token: "def502", expires_in: 86_400, server_time: 1 },
  grantProblemSchema: { hint: "Invalid refresh token", title: "Bad", type: "OAuth", detail: "no" },
  hostAnswerSchema: { id: 1, subdomain: "school", domain: "school.kommo.com", top_level_domain: "com" },
  refusalSchema: {
    "validation-errors": [
      { request_id: "b2", errors: [{ code: "InvalidType", path: "name", detail: "no" }] },
    ],
  },
};

const SCHEMAS = Object.entries(schemas).flatMap(([name, schema]) =>
  schema instanceof z.ZodType ? [{ name, schema }] : [],
);

test.each(SCHEMAS)("by $name every good record is kept, whatever stands beside it", ({ name, schema }) => {
  const random = createRandom(20_261_129);
  const good = GOOD[name] ?? {};
  const [parsed] = parseRecords(schema, [good]).records;
  expect(parsed).toBeDefined();

  for (let round = 0; round < ROUNDS; round++) {
    const { records, skipped } = parseRecords(schema, [good, mutate(good, random), good]);

    expect(records.at(0)).toEqual(parsed);
    expect(records.at(-1)).toEqual(parsed);
    expect(records.length + skipped.length).toBe(3);
  }
});

test.each([
  { name: "a field", schema: schemas.fieldRecordSchema, record: { id: 9, type: "text" } },
  { name: "a contact", schema: schemas.contactRecordSchema, record: { id: 12 } },
  { name: "a pipeline", schema: schemas.pipelineRecordSchema, record: { id: 3, _embedded: {} } },
])("$name is read though its lists are left out", ({ schema, record }) => {
  expect(parseRecords<z.ZodType>(schema, [record]).records).toMatchObject([record]);
});

test.each([
  ["no path and no detail", { code: "InvalidType" }],
  ["a detail that is null", { code: "InvalidType", path: null, detail: null }],
])("a rejection is read though a reason has %s", (_, reason) => {
  const groups = [{ request_id: 7, errors: [reason] }];

  expect(schemas.refusalSchema.parse({ "validation-errors": groups })["validation-errors"]).toMatchObject([
    { request_id: "7", errors: [{ code: "InvalidType", path: "" }] },
  ]);
});

test("an event that does not say what changed is not understood", () => {
  expect(parseRecords(schemas.eventSchema, [{ type: "lead_deleted", entity_id: 11 }]).skipped).toHaveLength(
    1,
  );
});

test("a rejection that gives no reason is not understood", () => {
  const groups = [{ request_id: "b2", errors: [] }];

  expect(schemas.refusalSchema.safeParse({ "validation-errors": groups }).success).toBe(false);
});

test("a record that is not understood is named by its id", () => {
  const { records, skipped } = parseRecords(userSchema, [
    { id: 5, name: null },
    { id: "6", name: "Ольга", rights: [] },
    null,
  ]);

  expect(records.map(({ id }) => id)).toEqual([6]);
  expect(skipped).toEqual([{ id: "5" }, { id: null }]);
});

test.each([
  ["metadata is an empty list", { metadata: [] }],
  ["an id is a text", { _embedded: { leads: [{ id: "13" }], contacts: null } }],
  ["keys are null", { uid: null, metadata: null, created_at: null }],
])("an incoming lead is read though %s", (_, odd) => {
  const item = { uid: "a1", source_uid: "b2", created_at: 1, _embedded: { leads: [{ id: 13 }] }, ...odd };

  expect(parseRecords(incomingSchema, [item]).records[0]?._embedded.leads).toEqual([{ id: 13 }]);
});

test("an incoming lead that shows neither our id nor its time is not understood", () => {
  const item = { uid: "a1", _embedded: { leads: [{ id: 13 }] } };

  expect(parseRecords(incomingSchema, [item]).skipped).toHaveLength(1);
});

test.each([
  ["an object", { _embedded: { tags: { 1: { id: 1 } } } }, 1, false],
  ["an empty list in place of an object", { _embedded: [] }, 0, false],
  ["the empty 204", null, 0, false],
  ["a full page without links", { _embedded: { tags: Array(250).fill({ id: 1 }) } }, 250, true],
  ["a page with a link", { _links: { next: { href: "/" } }, _embedded: { tags: [] } }, 0, true],
  ["the last page, full", { _links: { self: {} }, _embedded: { tags: Array(250).fill(1) } }, 250, false],
])("a page that is %s is read", (_, page, length, hasNext) => {
  const { list, ...read } = toPageSchema("tags").parse(page);

  expect(list).toHaveLength(length);
  expect(read.hasNext).toBe(hasNext);
});

test.each([undefined, "<html>", {}, { _embedded: { leads: [] } }, { _embedded: { tags: 5 } }])(
  "what is no page of the list says nothing: %j",
  (answer) => {
    expect(toPageSchema("tags").safeParse(answer).success).toBe(false);
  },
);
