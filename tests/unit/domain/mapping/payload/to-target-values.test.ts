import { describe, expect, test } from "vitest";
import { toSampleLead } from "@/lib/domain/mapping/payload/to-sample-lead";
import { findBlockers, toTargetValues } from "@/lib/domain/mapping/payload/to-target-values";
import type { Finding } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aLeadToSend } from "@/tests/support/builders";
import { aField, aMapping, NOTES, PHONE } from "@/tests/support/catalogues";

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
  ["url", "vk.com/id1", {}, [{ value: "https://vk.com/id1" }]],
  ["birthday", "2015-05-01", {}, [{ value: Date.parse("2015-05-01T00:00:00+03:00") / 1000 }]],
  ["birthday", "1961-05-01", {}, [{ value: "1961-05-01" }]],
  ["date", "1961-05-01", {}, [{ value: "1961-05-01T00:00:00.000+03:00" }]],
  ["text", "х".repeat(256), {}, [{ value: "х".repeat(256) }]],
  ["text", "🌸".repeat(256), {}, [{ value: "🌸".repeat(256) }]],
  ["textarea", "х".repeat(4000), {}, [{ value: "х".repeat(4000) }]],
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

test("a date is in UTC where this machine does not know the account's time zone", () => {
  const mapping = { ...put("date_time"), timeZone: "Mars/Olympus" };

  const [targets] = toTargetValues(typed("2026-03-09T00:00"), mapping).leads;

  expect(targets?.values).toEqual([{ value: Date.parse("2026-03-09T00:00:00Z") / 1000 }]);
});

test.each([
  ["numeric", "много", {}],
  ["numeric", "1234567890123456", {}],
  ["text", "х".repeat(257), {}],
  ["url", `https://example.com/${"х".repeat(240)}`, {}],
  ["url", "javascript:alert(1)", {}],
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

describe("a fallback field that holds 256 characters", () => {
  const short = toTarget(aField({ id: 901, name: "Прочее", type: "text" }));
  const mapping = aMapping({ parkIn: short });
  const send = (lead: Parameters<typeof aLeadToSend>[0]) => {
    const { leads, fallbackValues } = toTargetValues(aLeadToSend(lead), mapping);
    const marks = fallbackValues.map(({ place, isSent, isCut }) => [place, isSent, isCut]);
    return { sent: leads.flatMap(({ values }) => values.map(({ value }) => String(value))), marks };
  };

  test("takes whole values, and of the first that is too long as much as fits", () => {
    const { sent, marks } = send({
      profession: "п".repeat(250),
      education: "МГУ",
      utm_term: "т".repeat(250),
    });

    expect(sent).toEqual([expect.stringMatching(/^Образование: МГУ; Профессия: п+…$/)]);
    expect(sent[0]).toHaveLength(256);
    expect(marks).toEqual([
      ["profession", true, true],
      ["education", true, undefined],
      ["utm_term", false, undefined],
    ]);
  });

  test("does not begin what has no room", () => {
    const { sent, marks } = send({ profession: "п".repeat(240), education: "у".repeat(20) });

    expect(sent).toEqual([`Профессия: ${"п".repeat(240)}`]);
    expect(marks).toEqual([
      ["profession", true, undefined],
      ["education", false, undefined],
    ]);
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

  test("has one value in a sample, its first option", () => {
    const sample = toSampleLead(mapping, { id: "1", createdAt: 0, page: "" });

    expect(toTargetValues(sample, mapping).leads[0]).toEqual({ field_id: 502, values: [{ enum_id: 700 }] });
    expect(toTargetValues(sample, mapping).fallbackValues.map(({ place }) => place)).not.toContain(
      "education",
    );
  });

  test("beside a chosen option a typed text goes to the fallback field, unless it names that option", () => {
    const send = (education: string) =>
      toTargetValues(aLeadToSend({ education, custom: { "leads:502": "701" } }), mapping);

    expect(send("МГУ, 2010")).toMatchObject({
      leads: [{ field_id: 502, values: [{ enum_id: 701 }] }, { field_id: NOTES.id }],
      fallbackValues: [{ place: "education", text: "МГУ, 2010", isSent: true }],
    });
    expect(send("Бакалавр").fallbackValues).toEqual([]);
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

test.each([
  ["comma", "+74951234567,123"],
  ["tel", "+74951234567;ext=123"],
  ["words", "+74951234567 ext. 123"],
] as const)("an extension is sent in the form %s", (extensionForm, value) => {
  const phone = { entity: "contacts", fieldId: 1, type: "multitext" } as const;
  const mapping = { ...aMapping({ fields: { phone } }), extensionForm };

  expect(toTargetValues(aLeadToSend({ phone: "+74951234567,123" }), mapping).contacts).toEqual([
    { field_id: 1, values: [{ value }] },
  ]);
});

test("what the fallback field is sent is no longer than it takes", () => {
  const parkIn = { entity: "leads", fieldId: 9, type: "text" } as const;
  const value = "х".repeat(300);

  const [sent] = toTargetValues(typed(value), { ...put("text"), parkIn }).leads;

  expect(sent).toEqual({ field_id: 9, values: [{ value: `Поле: ${"х".repeat(249)}…` }] });
});

describe("a value that has no field in Kommo", () => {
  const lead = aLeadToSend({ phone: "+79001234567", comment: "после 18", referrer: "https://example.com/" });

  test("goes with its label to the fallback field, but for what the form itself tells", () => {
    const { leads, fallbackValues } = toTargetValues(lead, aMapping());

    expect(leads).toEqual([{ field_id: NOTES.id, values: [{ value: "Комментарий: после 18" }] }]);
    expect(fallbackValues).toEqual([
      { place: "comment", name: "Комментарий", text: "после 18", isSent: true },
    ]);
  });

  test("has its label in the language of the leads' names", () => {
    const { fallbackValues } = toTargetValues(lead, aMapping({ leadName: "Lead: {name}" }));

    expect(fallbackValues).toMatchObject([{ name: "Comment" }]);
  });

  test("stays here without a fallback field, and with one that is broken", () => {
    const gone = { place: "parkIn", kind: "park_deleted" as const, values: {}, breaks: true };
    const drift: Finding[] = [{ ...gone, fix: { kind: "choose_field" } }];

    for (const targets of [
      toTargetValues(lead, aMapping({ parkIn: null })),
      toTargetValues(lead, aMapping(), drift),
    ])
      expect(targets).toMatchObject({ leads: [], fallbackValues: [{ place: "comment", isSent: false }] });
  });

  test("of a field that was taken off the form since goes under the field's name", () => {
    const { custom } = put("select", { options });

    const targets = toTargetValues(typed("700"), aMapping({ retired: custom }));

    expect(targets.leads).toEqual([{ field_id: NOTES.id, values: [{ value: "Поле: Да" }] }]);
  });

  test("is the source only where the lead's name does not hold it", () => {
    const places = (leadName: string) =>
      toTargetValues(aLeadToSend({ source: "expo" }), aMapping({ leadName })).fallbackValues.length;

    expect([places("Заявка: {name}"), places("{name}, {source}")]).toEqual([1, 0]);
  });
});

test("the option chosen for a field of ours goes by its id, before any text", () => {
  const field = aField({ id: 502, name: "Образование", type: "select", options });
  const mapping = aMapping({ fields: { education: toTarget(field) } });
  const lead = aLeadToSend({ education: "Да", custom: { "leads:502": "701" } });

  const { leads, fallbackValues } = toTargetValues(lead, mapping);

  expect(leads).toEqual([
    { field_id: 502, values: [{ enum_id: 701 }] },
    { field_id: NOTES.id, values: [{ value: "Образование: Да" }] },
  ]);
  expect(fallbackValues).toMatchObject([{ place: "education", isSent: true }]);
});

describe("a lead", () => {
  const mail = toTarget(aField({ id: 467702, entity: "contacts", name: "Email", type: "multitext" }));
  const broken: Finding = {
    kind: "field_deleted",
    place: "email",
    values: {},
    fix: { kind: "choose_field" },
    breaks: true,
  };

  test("none of whose contacts has a working field waits, also where a fallback field would take them", () => {
    const lead = aLeadToSend({ telegram: "@ivan", email: "ivan@example.com" });
    const mapping = aMapping({ fields: { phone: toTarget(PHONE), email: mail } });

    expect(findBlockers(lead, aMapping(), [])).toEqual([
      { place: "email", kind: "unmapped" },
      { place: "telegram", kind: "unmapped" },
    ]);
    expect(findBlockers(lead, mapping, [broken])).toEqual([
      { place: "email", kind: "field_deleted" },
      { place: "telegram", kind: "unmapped" },
    ]);
  });

  test("with one contact that arrives goes", () => {
    const lead = aLeadToSend({ phone: "+79001234567", telegram: "@ivan", email: "ivan@example.com" });
    const mapping = aMapping({ fields: { phone: toTarget(PHONE), email: mail } });

    expect(findBlockers(lead, mapping, [broken])).toEqual([]);
  });

  test("with a phone whose field is broken waits for one reason", () => {
    const drift = [{ ...broken, place: "phone" }];

    expect(findBlockers(aLeadToSend({ phone: "+79001234567" }), aMapping(), drift)).toMatchObject([
      { place: "phone", kind: "field_deleted" },
    ]);
  });
});

describe("a field of ours whose target is a web address", () => {
  const url = (entity: "leads" | "contacts") => toTarget(aField({ id: 504, type: "url", entity }));
  const noFallback = { parkIn: null };

  test.each([
    ["@ivan_p", "https://t.me/ivan_p"],
    ["https://t.me/+AbCdEf", "https://t.me/+AbCdEf"],
    ["Иван из чата", "Иван из чата"],
  ])("gets the Telegram %s as %s", (telegram, value) => {
    const mapping = aMapping({ fields: { telegram: url("contacts") }, ...noFallback });
    const lead = aLeadToSend({ telegram });

    expect(toTargetValues(lead, mapping)).toMatchObject({
      contacts: [{ field_id: 504, values: [{ value }] }],
      fallbackValues: [],
    });
    expect(findBlockers(lead, mapping, [])).toEqual([]);
  });

  test.each([
    ["spring_sale", "spring_sale"],
    ["example.com/a", "https://example.com/a"],
    ["https://example.com/", "https://example.com/"],
  ])("gets the UTM value %s as %s", (utm_campaign, value) => {
    const mapping = aMapping({ fields: { utm_campaign: url("leads") }, ...noFallback });

    expect(toTargetValues(aLeadToSend({ utm_campaign }), mapping)).toMatchObject({
      leads: [{ field_id: 504, values: [{ value }] }],
      fallbackValues: [],
    });
  });

  test("gets no address that does anything but lead to a page", () => {
    const mapping = aMapping({ fields: { utm_campaign: url("leads") } });

    expect(toTargetValues(aLeadToSend({ utm_campaign: "javascript:alert(1)" }), mapping)).toMatchObject({
      leads: [{ field_id: NOTES.id }],
      fallbackValues: [{ place: "utm_campaign", isSent: true }],
    });
  });
});
