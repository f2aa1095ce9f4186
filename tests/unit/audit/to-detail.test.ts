import { expect, test } from "vitest";
import { toDetail } from "@/lib/audit/to-detail";

test.each([
  ["mapping_published", "7", { version: 7 }],
  ["mapping_published", "7 from 2", { version: 7, restored: 2 }],
  ["leads_erased", "3", { count: 3 }],
  ["lead_settled", "12345", { kommoLeadId: 12345 }],
  ["test_lead_sent", "12345", { kommoLeadId: 12345 }],
  ["test_lead_sent", "refused", { problem: "refused" }],
  ["connection_set", "https://intermigro.kommo.com", { account: "https://intermigro.kommo.com" }],
  ["retention_changed", "90 days", { keepDays: 90 }],
  ["retention_changed", "for ever", { keepDays: null }],
])("a line of an older version, %s with %j, is read", (action, text, detail) => {
  expect(toDetail(action, text)).toEqual(detail);
});

test("a line is JSON", () => {
  expect(toDetail("role_changed", '{"from":"seller","to":"head"}')).toEqual({ from: "seller", to: "head" });
  expect(toDetail("retention_changed", '{"keepDays":null}')).toEqual({ keepDays: null });
});

test.each([
  ["leads_erased", "many"],
  ["signed_out", "words"],
  ["signed_in", '{"how":'],
  ["signed_in", '{"how":"by magic"}'],
  ["signed_out", null],
])("%s with %j says nothing more", (action, text) => {
  expect(toDetail(action, text)).toEqual({});
});
