import { describe, expect, test } from "vitest";
import { leadFields } from "@/lib/domain/lead/fields";
import { FIELD_LABELS } from "@/lib/domain/mapping/field-labels";
import { listHiddenFields, listUnsent, toSourceRules } from "@/lib/domain/mapping/form-rules";
import { listOwnLists } from "@/lib/domain/mapping/own-lists";
import type { Finding } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { aField, aMapping, PHONE } from "@/tests/support/catalogues";

const options = ["Среднее", "Высшее"].map((value, index) => ({
  id: 700 + index,
  value,
  sort: index,
  code: null,
}));
const levels = toTarget(aField({ id: 502, name: "Уровень", type: "select", options }));
const channels = toTarget(aField({ id: 503, name: "Канал", type: "select", options }));
const phone = toTarget(PHONE);
const alone = aMapping({ parkIn: null });

function finding(place: string, more: Partial<Finding> = {}): Finding {
  return { kind: "field_deleted", place, values: {}, fix: { kind: "choose_field" }, breaks: true, ...more };
}

describe("the form", () => {
  test("leaves out what Kommo would not get, but not the phone, the comment and what the admin keeps", () => {
    const hidden = listHiddenFields({ ...alone, fields: {}, keptOnForm: ["income"] });

    expect(hidden).toEqual(expect.arrayContaining(["telegram", "email", "education", "utm_term", "source"]));
    for (const field of ["phone", "comment", "income", "referrer"]) expect(hidden).not.toContain(field);
  });

  test("asks for everything while a fallback field takes what has no field of its own", () => {
    expect(listHiddenFields(aMapping())).toEqual([]);
  });

  test("has a list where a field of ours is one in Kommo, and no text for it", () => {
    const mapping = aMapping({
      fields: { phone, education: levels },
      optionsOf: { education: { вуз: 701 } },
    });

    expect(listOwnLists(mapping)).toMatchObject([
      { field: "education", key: "leads:502", label: { ru: "Образование" }, words: { вуз: 701 } },
    ]);
    expect(listHiddenFields(mapping)).toEqual(["education"]);
  });

  test("offers a list of Kommo as the sources, and no other", () => {
    const mapping = aMapping({ fields: { phone, source: channels }, optionsOf: { source: { вуз: 701 } } });

    expect(toSourceRules(mapping)).toEqual({
      sources: [
        { name: "Среднее", value: "Среднее", aliases: [] },
        { name: "Высшее", value: "Высшее", aliases: ["вуз"] },
      ],
      isFreeSource: false,
    });
    expect(listHiddenFields(mapping)).toEqual([]);
    expect(toSourceRules(aMapping())).toEqual({ sources: [], isFreeSource: true });
  });
});

describe("a value stays here", () => {
  test("without a field and a fallback field", () => {
    const unsent = listUnsent(alone, []);

    expect(unsent).toEqual(expect.arrayContaining(["comment", "telegram", "income"]));
    expect(unsent).not.toContain("phone");
    expect(unsent).not.toContain("referrer");
    expect(listUnsent(aMapping(), [])).toEqual([]);
  });

  test("when its field broke, unless the lead waits for that field", () => {
    const mapping = aMapping({ fields: { phone, education: levels } });
    const drift = [finding("parkIn"), finding("education"), finding("phone")];

    expect(listUnsent(mapping, drift)).toContain("education");
    expect(listUnsent(mapping, drift)).not.toContain("phone");
    expect(listUnsent(mapping, [finding("education")])).toEqual([]);
    expect(
      listUnsent(mapping, [finding("parkIn"), finding("education", { kind: "option_deleted" })]),
    ).not.toContain("education");
  });
});

test("Kommo is told the names that the form shows", () => {
  for (const field of leadFields) {
    expect(FIELD_LABELS[field]).toEqual({ en: en.lead.fields[field], ru: ru.lead.fields[field] });
  }
});
