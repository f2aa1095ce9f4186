import { toConsentLine } from "@/lib/domain/lead/consent";
import { toTitle } from "@/lib/domain/lead/to-title";
import { isFit } from "@/lib/domain/mapping/field-names";
import { toLeadName } from "@/lib/domain/mapping/limits";
import { CONSENT_TYPES, type Finding, type LeadToSend, type Mapping } from "@/lib/domain/mapping/schema";
import type { FieldValues, IncomingLead } from "./incoming-lead";
import { isAttached, toTargetValues } from "./to-target-values";

/**
 * The lead's id is `request_id` and `source_uid`, the same on every attempt (docs/kommo-api.md §1.1). `drift` is what
 * has broken since the publishing. Times are unix seconds.
 */
export function toIncomingLead(lead: LeadToSend, mapping: Mapping, drift: Finding[] = []): IncomingLead {
  const seconds = Math.floor(lead.createdAt / 1000);
  const targets = toTargetValues(lead, mapping, drift);
  const { userId, tags: ruleTags } = lead.recipient ?? { userId: null, tags: [] };
  const responsible = userId === null ? {} : { responsible_user_id: userId };
  const tags = [...new Set([...mapping.tags, ...ruleTags])];
  return {
    request_id: lead.id,
    source_name: mapping.sourceName,
    source_uid: lead.id,
    pipeline_id: mapping.pipelineId,
    created_at: seconds,
    metadata: {
      form_id: mapping.formId,
      form_name: mapping.formName,
      form_page: mapping.formPage?.replaceAll("{id}", lead.id) ?? lead.page,
      form_sent_at: seconds,
      ...(lead.referrer && { referer: lead.referrer }),
    },
    _embedded: {
      contacts: [
        isAttached(lead)
          ? { id: lead.contactId }
          : {
              name: toTitle(lead) || lead.phone || lead.email || lead.telegram || "",
              ...(lead.name && { first_name: lead.name }),
              ...(lead.surname && { last_name: lead.surname }),
              ...responsible,
              ...toCustomFieldValues(targets.contacts),
            },
      ],
      leads: [
        {
          name: toLeadName(fillTemplate(mapping.leadName, lead)),
          price: 0,
          ...responsible,
          ...toCustomFieldValues([
            ...targets.leads,
            ...toReference(lead, mapping, drift),
            ...toConsentValues(lead, mapping, drift),
          ]),
          ...(tags.length > 0 && { _embedded: { tags: tags.map((name) => ({ name })) } }),
        },
      ],
    },
  };
}

function toReference({ id }: LeadToSend, mapping: Mapping, drift: Finding[]): FieldValues[] {
  const fieldId = findReferenceField(mapping, drift);
  return fieldId === undefined ? [] : [{ field_id: fieldId, values: [{ value: id }] }];
}

/** The field that carries our id. None while Kommo would refuse it, because the lead itself must arrive. */
export function findReferenceField({ reference }: Mapping, drift: Finding[]): number | undefined {
  const isBroken = drift.some(({ place, breaks }) => place === "reference" && breaks);
  if (!reference || isBroken || !isFit("reference", reference.type ?? "text")) return undefined;
  return reference.fieldId;
}

/** Left out while Kommo would refuse it, as the reference is. */
function toConsentValues(
  { consent }: LeadToSend,
  { consent: target }: Mapping,
  drift: Finding[],
): FieldValues[] {
  const isBroken = drift.some(({ place, breaks }) => place === "consent" && breaks);
  if (!consent || !target || isBroken || !CONSENT_TYPES.includes(target.type ?? "text")) return [];
  return [{ field_id: target.fieldId, values: [{ value: toConsentLine(consent) }] }];
}

function toCustomFieldValues(values: FieldValues[]) {
  return values.length > 0 ? { custom_fields_values: values } : {};
}

/** A form on a website may ask for no name. The template's own language says what the lead is called then. */
function fillTemplate(template: string, lead: LeadToSend): string {
  if (toTitle(lead) === "") return /\p{sc=Cyrillic}/u.test(template) ? "Заявка с сайта" : "Website lead";
  return template
    .replaceAll(/\{(name|surname|source)\}/g, (_, field: "name" | "surname" | "source") => lead[field] ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
