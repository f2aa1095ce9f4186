import { describe, expect, test } from "vitest";
import { toTargetValues } from "@/lib/domain/mapping/payload/to-target-values";
import type { Finding } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aLeadToSend } from "@/tests/support/builders";
import { aField, aMapping, NOTES } from "@/tests/support/catalogues";

const options = ["Да", "Нет"].map((value, index) => ({ id: 700 + index, value, sort: index, code: null }));
const put = (type: string, more: object = {}) => {
  const field = aField({ id: 501, name: "Поле", type, ...more });
  const custom = [{ key: "leads:501", target: toTarget(field), label: { en: "Field", ru: "Поле" } }];
  return aMapping({ fields: {}, custom });
};
const typed = (value: string | string[]) => aLeadToSend({ custom: { "leads:501": value } });

test.each<[string, string | string[], object, object[]]>([
  ["select", "701", { options }, [{ enum_id: 701 }]],
  ["radiobutton", "700", { options }, [{ enum_id: 700 }]],
  ["multiselect", ["700", "701"], { options }, [{ enum_id: 700 }, { enum_id: 701 }]],
  ["checkbox", "true", {}, [{ value: true }]],
  ["numeric", "1 200,5", {}, [{ value: "1200.5" }]],
  ["date", "2026-03-29", {}, [{ value: Date.parse("2026-03-29T00:00:00+03:00") / 1000 }]],
  ["date_time", "2026-03-29T14:30", {}, [{ value: Date.parse("2026-03-29T14:30:00+03:00") / 1000 }]],
  ["url", "https://example.com", {}, [{ value: "https://example.com" }]],
  ["textarea", "две\nстроки", {}, [{ value: "две\nстроки" }]],
])("a value for %s has Kommo's format", (type, value, more, values) => {
  expect(toTargetValues(typed(value), put(type, more))).toMatchObject({
    leads: [{ field_id: 501, values }],
    fallbackValues: [],
  });
});

test("a date is in the account's time zone, also on the day of a clock change", () => {
  const mapping = { ...put("date_time"), timeZone: "America/New_York" };

  const [targets] = toTargetValues(typed("2026-03-09T00:00"), mapping).leads;

  expect(targets?.values).toEqual([{ value: Date.parse("2026-03-09T00:00:00-04:00") / 1000 }]);
});

test.each([
  ["numeric", "много", {}],
  ["date", "2026-02-30", {}],
  ["select", "999", { options }],
])("a value that does not fit %s goes, with its label, to the fallback field", (type, value, more) => {
  expect(toTargetValues(typed(value), put(type, more))).toMatchObject({
    leads: [{ field_id: NOTES.id, values: [{ value: `Поле: ${value}` }] }],
    fallbackValues: [{ place: "leads:501", isSent: true }],
  });
});

test("the text of an option deleted before the last publishing goes to the fallback field", () => {
  const { custom, ...mapping } = put("select", { options });
  const former = [{ id: 699, value: "Иногда" }];
  const fields = custom.map((field) => ({ ...field, target: { ...field.target, former } }));

  expect(toTargetValues(typed("699"), { ...mapping, custom: fields }).leads).toEqual([
    { field_id: NOTES.id, values: [{ value: "Поле: Иногда" }] },
  ]);
});

test("without a fallback field the value is left out and reported", () => {
  const mapping = { ...put("numeric"), parkIn: null };

  expect(toTargetValues(typed("много"), mapping)).toMatchObject({
    leads: [],
    fallbackValues: [{ isSent: false }],
  });
});

test("an unticked checkbox has no value", () => {
  expect(toTargetValues(typed("false"), put("checkbox"))).toMatchObject({ leads: [], fallbackValues: [] });
});

describe("a broken field", () => {
  const finding = (kind: Finding["kind"], values: Finding["values"] = {}): Finding => ({
    kind,
    place: "leads:501",
    values,
    fix: { kind: "choose_field" },
    breaks: true,
  });

  test("has its value in the fallback field as text", () => {
    const targets = toTargetValues(typed(["700", "701"]), put("multiselect", { options }), [
      finding("field_deleted"),
    ]);

    expect(targets.leads).toEqual([{ field_id: NOTES.id, values: [{ value: "Поле: Да, Нет" }] }]);
  });

  test("with a deleted option accepts the other options", () => {
    const drift = [finding("option_deleted", { optionId: 700 })];

    expect(toTargetValues(typed("701"), put("select", { options }), drift).fallbackValues).toEqual([]);
    expect(toTargetValues(typed("700"), put("select", { options }), drift).fallbackValues).toHaveLength(1);
  });
});

describe("a field of ours that is a list in Kommo", () => {
  const field = aField({ id: 502, name: "Образование", type: "select", options });
  const mapping = aMapping({
    fields: { education: toTarget(field) },
    optionsOf: { education: { бакалавр: 701 } },
  });

  test.each([
    ["  БАКАЛАВР", 701],
    ["нет", 701],
    ["Да", 700],
  ])("accepts %j by a matched word or its own text", (education, enum_id) => {
    expect(toTargetValues(aLeadToSend({ education }), mapping).leads).toEqual([
      { field_id: 502, values: [{ enum_id }] },
    ]);
  });

  test.each(["ПТУ", "Constructor"])(
    "sends %s, which was never matched, to the fallback field",
    (education) => {
      expect(toTargetValues(aLeadToSend({ education }), mapping).fallbackValues).toMatchObject([
        { place: "education", name: "Образование", text: education },
      ]);
    },
  );
});

test("a listed source is sent with its value for any alias", () => {
  const source = toTarget(aField({ id: 503, type: "tracking_data" }));
  const sources = [{ name: "Выставка", value: "expo", aliases: ["экспо"] }];
  const mapping = aMapping({ fields: { source }, sources });
  const sent = (typedSource: string) =>
    toTargetValues(aLeadToSend({ source: typedSource }), mapping).leads[0]?.values;

  expect(["ЭКСПО", "выставка", "улица"].map(sent)).toEqual([
    [{ value: "expo" }],
    [{ value: "expo" }],
    [{ value: "улица" }],
  ]);
});
