import { expect, test } from "vitest";
import type { z } from "zod";
import { parseRecords } from "@/lib/kommo/parse-records";
import {
  contactRecordSchema,
  fieldRecordSchema,
  incomingSchema,
  leadRecordSchema,
  optionRecordSchema,
  pipelineRecordSchema,
  sentItemSchema,
  stageRecordSchema,
  tagSchema,
  toPageSchema,
  userSchema,
} from "@/lib/kommo/schema";
import { createRandom } from "@/practice/faults/random";

const ROUNDS = 300;
const ODD = [null, undefined, true, 0, -1, 1e300, "", "x", [], {}, [[]], { id: null }, "5".repeat(1000)];

const RECORDS: [string, z.ZodType, object][] = [
  ["users", userSchema, { id: 5, name: "Анна", email: "a@example.com", rights: { is_admin: true } }],
  ["options", optionRecordSchema, { id: 7, value: "Да", sort: 1, code: null }],
  ["stages", stageRecordSchema, { id: 142, type: 0, name: "Успешно", sort: 10_000, color: "#CCFF66" }],
  ["fields", fieldRecordSchema, { id: 9, name: "Телефон", type: "multitext", code: "PHONE", enums: [] }],
  [
    "pipelines",
    pipelineRecordSchema,
    { id: 3, name: "Воронка", is_main: true, _embedded: { statuses: [{ id: 1, type: 1, name: "Новые" }] } },
  ],
  ["tags", tagSchema, { id: 4, name: "тест", color: null }],
  [
    "leads",
    leadRecordSchema,
    { id: 11, name: "Заявка", created_at: 1, status_id: 142, _embedded: { contacts: [{ id: 2 }] } },
  ],
  [
    "contacts",
    contactRecordSchema,
    { id: 12, custom_fields_values: [{ field_code: "PHONE", values: [{ value: "+7900" }] }] },
  ],
  [
    "incoming leads",
    incomingSchema,
    {
      uid: "a1",
      source_uid: "b2",
      created_at: 1,
      metadata: { form_page: "https://desk.test" },
      _embedded: { leads: [{ id: 13 }], contacts: [{ id: 14 }] },
    },
  ],
  [
    "answers to what was sent",
    sentItemSchema,
    { uid: "a1", request_id: "b2", _embedded: { leads: [{ id: 13 }], contacts: [] } },
  ],
];

test.each(RECORDS)("of %s every good record is kept, whatever stands beside it", (_, schema, good) => {
  const random = createRandom(20_261_129);
  const [parsed] = parseRecords(schema, [good]).records;

  for (let round = 0; round < ROUNDS; round++) {
    const { records, skipped } = parseRecords(schema, [good, mutate(good, random), good]);

    expect(records.at(0)).toEqual(parsed);
    expect(records.at(-1)).toEqual(parsed);
    expect(records.length + skipped.length).toBe(3);
  }
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

/** The record with one value anywhere in it replaced, or one key gone. */
function mutate(record: object, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const copy: unknown = structuredClone(record);
  let spot = copy;
  for (;;) {
    if (typeof spot !== "object" || spot === null) return pick(ODD);
    const key = pick(Object.keys(spot));
    if (key === undefined) return copy;
    const inner: unknown = Reflect.get(spot, key);
    if (typeof inner === "object" && inner !== null && random() < 0.5) spot = inner;
    else if (random() < 0.2) return Reflect.deleteProperty(spot, key) && copy;
    else return Reflect.set(spot, key, pick(ODD)) && copy;
  }
}
