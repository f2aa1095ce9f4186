import { expect, test } from "vitest";
import { checkCustom, toSavedCustom } from "@/lib/domain/mapping/form/check-custom";
import type { FormField, InputKind } from "@/lib/domain/mapping/schema";

const field = (kind: InputKind): FormField => ({
  key: "leads:1",
  kind,
  options: [],
  former: [],
  label: { en: "Field", ru: "Поле" },
  help: { en: "", ru: "" },
  required: false,
});

function check(kind: InputKind, value: string): string | undefined {
  const form = { custom: [field(kind)], sources: [], isFreeSource: true };
  return checkCustom({ "leads:1": value }, "", form)["custom.leads:1"];
}

test.each<[InputKind, string]>([
  ["url", "https://vk.com/id1"],
  ["url", "vk.com/id1"],
  ["number", "1 200,5"],
  ["number", "123456789012345"],
  ["text", "х".repeat(256)],
  ["text", "🌸".repeat(256)],
  ["textarea", "х".repeat(4000)],
  ["date", "1961-05-01"],
])("the %s %s can be saved", (kind, value) => {
  expect(check(kind, value)).toBeUndefined();
});

test.each<[InputKind, string, string]>([
  ["url", "javascript:alert(1)", "url_invalid"],
  ["url", "ftp://example.com", "url_invalid"],
  ["url", "нет", "url_invalid"],
  ["url", `vk.com/${"a".repeat(250)}`, "too_long"],
  ["number", "много", "number_invalid"],
  ["number", "1234567890123456", "too_long"],
  ["text", "х".repeat(257), "too_long"],
])("the %s %s is met before saving: Kommo would refuse or change it", (kind, value, problem) => {
  expect(check(kind, value)).toBe(problem);
});

test("a web address is saved with its scheme, and every other value as it is", () => {
  const form = { custom: [field("url"), { ...field("text"), key: "leads:2" }] };

  expect(toSavedCustom({ "leads:1": "vk.com/id1", "leads:2": "vk.com/id1" }, form)).toEqual({
    "leads:1": "https://vk.com/id1",
    "leads:2": "vk.com/id1",
  });
  expect(toSavedCustom({ "leads:1": "" }, form)).toEqual({ "leads:1": "" });
});
