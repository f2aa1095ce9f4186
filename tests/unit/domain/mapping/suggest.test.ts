import { expect, test } from "vitest";
import { suggestTargets } from "@/lib/domain/mapping/suggest";
import { aField } from "@/tests/support/catalogues";

const fields = [
  aField({ entity: "contacts", id: 1, name: "Рабочий номер", type: "multitext", code: "PHONE" }),
  aField({ entity: "contacts", id: 2, name: "Телефон" }),
  aField({ entity: "contacts", id: 3, name: " Телеграм " }),
  aField({ id: 4, name: "Доход", type: "numeric" }),
  aField({ id: 5, name: "Источник", type: "tracking_data", code: "UTM_SOURCE" }),
  aField({ id: 6, name: "Telegram" }),
];

test("a code wins over a name, and names are compared without case and spaces", () => {
  const found = suggestTargets({ fields }).map(({ field, target, kind }) => [field, target.fieldId, kind]);

  expect(found).toEqual([
    ["phone", 1, "code"],
    ["telegram", 3, "name"],
    ["source", 5, "code"],
    ["income", 4, "name"],
  ]);
});

test("a synonym or a slightly different spelling is found with a lower score", () => {
  const called = suggestTargets({
    fields: [aField({ name: "Карьера" }), aField({ name: "Уровень образования (полн.)" })],
  });

  expect(called).toMatchObject([
    { field: "profession", kind: "synonym" },
    { field: "education", kind: "similar" },
  ]);
  expect(called.every(({ score }) => score < 0.9)).toBe(true);
});

test("a field of another type or entity, or one that Kommo computes, is not suggested", () => {
  const unfit = [
    aField({ name: "Доход", type: "date" }),
    aField({ name: "Телефон" }),
    aField({ name: "Образование", isComputed: true }),
  ];

  expect(suggestTargets({ fields: unfit })).toEqual([]);
});

test.each([
  ["Lead Desk ID", "text", "name"],
  ["lead_desk_id", "text", "name"],
  ["Lead Desk", "tracking_data", "name"],
  ["ID de Lead Desk", "text", "name"],
  ["Reference", "text", "synonym"],
  ["ID заявки", "text", "synonym"],
  ["Referência", "text", "synonym"],
])("a field %s of the type %s carries the reference", (name, type, kind) => {
  expect(suggestTargets({ fields: [aField({ id: 7, name, type })] })).toMatchObject([
    { field: "reference", kind, target: { entity: "leads", fieldId: 7 } },
  ]);
});

test("a reference is neither guessed by likeness nor put into a field that takes no short text", () => {
  const fields = [
    aField({ name: "Preference" }),
    aField({ name: "Lead Desk ID", type: "numeric" }),
    aField({ name: "Lead Desk ID", entity: "contacts" }),
  ];

  expect(suggestTargets({ fields }).filter(({ field }) => field === "reference")).toEqual([]);
});
