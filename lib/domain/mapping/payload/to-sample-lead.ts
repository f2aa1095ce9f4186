import type { CustomValues } from "@/lib/domain/lead/schema";
import { type CustomField, type LeadToSend, type Mapping, toInputKind } from "@/lib/domain/mapping/schema";

/** Of nobody: numbers 555-01xx are kept free for examples. */
const SAMPLE = {
  name: "Тест",
  surname: "Lead Desk",
  phone: "+12025550143",
  telegram: "@lead_desk_test",
  email: "test@example.com",
  profession: "Маркетолог",
  education: "Бакалавр",
  income: "120000",
  utm_medium: "test",
  utm_campaign: "test",
  utm_content: "test",
  utm_term: "test",
  referrer: "https://example.com/",
};

/** A lead with every value that the mapping sends, for the preview and for one test lead. */
export function toSampleLead(
  mapping: Mapping,
  about: Pick<LeadToSend, "id" | "createdAt" | "page">,
): LeadToSend {
  const custom = Object.fromEntries(mapping.custom.map((field) => [field.key, toSampleValue(field)]));
  return { ...SAMPLE, source: mapping.sources[0]?.name ?? "test", custom, ...about };
}

/** Marked as a test where people in Kommo see it: in its name and its tag. */
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
