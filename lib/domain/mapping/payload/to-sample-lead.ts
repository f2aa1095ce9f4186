import type { CustomValues } from "@/lib/domain/lead/schema";
import { listOwnLists } from "@/lib/domain/mapping/own-lists";
import { type CustomField, type LeadToSend, type Mapping, toInputKind } from "@/lib/domain/mapping/schema";

/** Numbers 555-01xx are reserved for examples. */
const SAMPLE = {
  name: "Тест",
  surname: "Lead Desk",
  phone: "+12025550143",
  telegram: "@lead_desk_test",
  email: "test@example.com",
  comment: "Тестовый комментарий",
  profession: "Маркетолог",
  education: "Бакалавр",
  income: "120000",
  utm_medium: "test",
  utm_campaign: "test",
  utm_content: "test",
  utm_term: "test",
  referrer: "https://example.com/",
};

/** A lead with a value for every mapped field, for the preview and the test lead. */
export function toSampleLead(
  mapping: Mapping,
  about: Pick<LeadToSend, "id" | "createdAt" | "page">,
): LeadToSend {
  const lists = listOwnLists(mapping);
  const chosen = Object.fromEntries(lists.map(({ field }) => [field, null]));
  const custom = Object.fromEntries(
    [...lists, ...mapping.custom].map((field) => [field.key, toSampleValue(field)]),
  );
  const consent = { version: 1, at: about.createdAt };
  return { ...SAMPLE, ...chosen, source: mapping.sources[0]?.name ?? "test", custom, consent, ...about };
}

/** Marks the name and the tags, so that people in Kommo recognise a test. */
export function toTestMapping(mapping: Mapping): Mapping {
  return { ...mapping, leadName: `TEST · ${mapping.leadName}`, tags: [...mapping.tags, "test"] };
}

function toSampleValue({ target }: CustomField): CustomValues[string] {
  const [option] = target.options ?? [];
  const id = option ? String(option.id) : "";
  switch (toInputKind(target.type ?? "text")) {
    case "select":
    case "radio":
      return id;
    case "multiselect":
      return id === "" ? [] : [id];
    case "checkbox":
      return "true";
    case "number":
      return "1";
    case "date":
      return "2030-01-31";
    case "datetime":
      return "2030-01-31T12:00";
    case "url":
      return "https://example.com/";
    default:
      return "test";
  }
}
