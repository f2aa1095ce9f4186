import type { FieldValues, IncomingLead } from "@/lib/kommo/schema";
import type { LeadField } from "@/lib/leads/schema";
import { type Mapping, mappableFields } from "./schema";

/** `createdAt` is epoch milliseconds; `page` is the app's own URL of the lead. */
export type LeadToSend = Record<LeadField, string | null> & { id: string; createdAt: number; page: string };

/**
 * The item that Kommo gets for a lead: nothing empty, nothing unmapped, seconds instead of milliseconds. The lead's id
 * is `request_id` and `source_uid`, the same on every attempt (kommo-api.md §1.1).
 */
export function toIncomingLead(lead: LeadToSend, mapping: Mapping): IncomingLead {
  const seconds = Math.floor(lead.createdAt / 1000);
  return {
    request_id: lead.id,
    source_name: mapping.sourceName,
    source_uid: lead.id,
    pipeline_id: mapping.pipelineId,
    created_at: seconds,
    metadata: {
      form_id: mapping.formId,
      form_name: mapping.formName,
      form_page: lead.page,
      form_sent_at: seconds,
      ...(lead.referrer && { referer: lead.referrer }),
    },
    _embedded: {
      contacts: [
        {
          name: [lead.name, lead.surname].filter(Boolean).join(" "),
          ...(lead.name && { first_name: lead.name }),
          ...(lead.surname && { last_name: lead.surname }),
          ...customFields(lead, mapping, "contacts"),
        },
      ],
      leads: [
        {
          name: fillTemplate(mapping.leadName, lead),
          price: 0,
          ...customFields(lead, mapping, "leads"),
          ...(mapping.tags.length > 0 && { _embedded: { tags: mapping.tags.map((name) => ({ name })) } }),
        },
      ],
    },
  };
}

function customFields(lead: LeadToSend, mapping: Mapping, entity: "contacts" | "leads") {
  const values = mappableFields.flatMap((field): FieldValues[] => {
    const target = mapping.fields[field];
    const value = lead[field];
    if (!value || target?.entity !== entity) return [];
    return [
      {
        field_id: target.fieldId,
        values: [{ value, ...(target.enumCode && { enum_code: target.enumCode }) }],
      },
    ];
  });
  return values.length > 0 ? { custom_fields_values: values } : {};
}

function fillTemplate(template: string, lead: LeadToSend): string {
  return template
    .replaceAll(/\{(name|surname)\}/g, (_, field: "name" | "surname") => lead[field] ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
