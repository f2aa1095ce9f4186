import { expect, test } from "vitest";
import type { LeadField } from "@/lib/domain/lead/fields";
import { checkLead } from "@/lib/domain/mapping/form/check-lead";
import { toCorrectionRules } from "@/lib/domain/mapping/form/to-correction-rules";
import type { FormField } from "@/lib/domain/mapping/schema";
import { aLead } from "@/tests/support/builders";
import { someRules } from "@/tests/support/forms";

const asking = (...required: LeadField[]) => someRules({ required });
const education: FormField = {
  ...{ key: "leads:502", kind: "select", options: [{ id: 701, value: "Высшее" }], former: [] },
  ...{ label: { en: "Education", ru: "Образование" }, help: { en: "", ru: "" }, required: true },
  own: { field: "education", words: {} },
};

test("a required field of ours that is empty is told at that field", () => {
  expect(checkLead(aLead({ email: "" }), asking("email", "phone"))).toEqual({ email: "required" });
  expect(checkLead(aLead({ email: "ivan@example.com" }), asking("email", "phone"))).toEqual({});
});

test("a required one of ours that is a list is told at the list", () => {
  expect(checkLead(aLead(), someRules({ custom: [education] }))).toEqual({ "custom.leads:502": "required" });
});

test("a Telegram link that holds the phone counts as the phone, as it is saved", () => {
  const lead = aLead({ phone: "", telegram: "https://t.me/+79001234567" });

  expect(checkLead(lead, asking("phone"))).toEqual({});
  expect(checkLead(lead, asking("telegram"))).toEqual({ telegram: "required" });
});

test("a correction may leave empty what was empty, and nothing else", () => {
  const rules = { ...asking("email", "surname"), custom: [education] };
  const saved = { values: { surname: "Петров", email: null }, custom: {} };
  const eased = toCorrectionRules(rules, saved);

  expect(checkLead(aLead({ surname: "" }), eased)).toEqual({ surname: "required" });
  const chosen = toCorrectionRules(rules, { ...saved, custom: { "leads:502": "701" } });
  expect(checkLead(aLead({ surname: "П" }), chosen)).toEqual({ "custom.leads:502": "required" });
});
