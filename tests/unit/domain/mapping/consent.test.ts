import { expect, test } from "vitest";
import { toConsentLine } from "@/lib/domain/lead/consent";
import { checkMapping } from "@/lib/domain/mapping/check-mapping";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { toRefusedFields } from "@/lib/domain/mapping/payload/to-refused-fields";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aLeadToSend } from "@/tests/support/builders";
import { aCatalogue, aField, aMapping } from "@/tests/support/catalogues";

const FIELD = aField({ name: "Согласие" });
const NUMBER = aField({ name: "Число", type: "numeric" });
const GIVEN = { version: 3, at: Date.UTC(2026, 10, 30, 14, 5, 59) };
const mapping = aMapping({ consent: toTarget(FIELD) });
const lead = aLeadToSend({ consent: GIVEN });
const ofConsent = <T extends { place: string }>(found: T[]) =>
  found.filter(({ place }) => place === "consent");
const valuesOf = (item: ReturnType<typeof toIncomingLead>) =>
  item._embedded.leads[0].custom_fields_values?.filter(({ field_id }) => field_id === FIELD.id) ?? [];

test("its version and time, in a zone that is said, go to the chosen field", () => {
  expect(toConsentLine(GIVEN)).toBe("v3, 2026-11-30 14:05 UTC");
  expect(valuesOf(toIncomingLead(lead, mapping))).toEqual([
    { field_id: FIELD.id, values: [{ value: "v3, 2026-11-30 14:05 UTC" }] },
  ]);
});

test("nothing is sent of a person who was not asked, or without a field", () => {
  expect(valuesOf(toIncomingLead(aLeadToSend({ consent: null }), mapping))).toEqual([]);
  expect(valuesOf(toIncomingLead(lead, aMapping()))).toEqual([]);
});

test("the lead goes without it while its field is broken, and the admin is told", () => {
  const drift = findDrift(mapping, aCatalogue());
  expect(ofConsent(drift)).toMatchObject([{ kind: "consent_deleted", breaks: true }]);
  expect(valuesOf(toIncomingLead(lead, mapping, drift))).toEqual([]);
  const retyped = findDrift(mapping, aCatalogue({ add: [{ ...FIELD, type: "numeric" }] }));
  expect(ofConsent(retyped)).toMatchObject([{ kind: "consent_retyped", values: { now: "numeric" } }]);
  expect(ofConsent(findDrift(mapping, aCatalogue({ add: [FIELD] })))).toEqual([]);
});

test("a field that takes no such text is refused before publishing", () => {
  const check = (target: ReturnType<typeof toTarget> | null) =>
    ofConsent(checkMapping(aMapping({ consent: target }), aCatalogue({ add: [FIELD, NUMBER] })));
  expect(check(null)).toEqual([]);
  expect(check(toTarget(FIELD))).toEqual([]);
  expect(check(toTarget(NUMBER))).toMatchObject([{ code: "type_unfit" }]);
  expect(check({ ...toTarget(FIELD), entity: "contacts" })).toMatchObject([{ code: "wrong_entity" }]);
  expect(check({ entity: "leads", fieldId: 9 })).toMatchObject([{ code: "field_missing" }]);
});

test("another field is a difference of versions, and a refusal of Kommo's is named", () => {
  expect(compareMappings(aMapping(), mapping)).toMatchObject([
    { code: "consent", values: { before: "", after: "Согласие" } },
  ]);
  const item = toIncomingLead(lead, mapping);
  const at = item._embedded.leads[0].custom_fields_values?.findIndex(({ field_id }) => field_id === FIELD.id);
  const path = `0._embedded.leads.0.custom_fields_values.${at}.values`;
  expect(toRefusedFields([{ code: "x", path }], item, mapping)).toMatchObject([
    { field: null, key: "consent" },
  ]);
});
