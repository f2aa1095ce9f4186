import { describe, expect, test } from "vitest";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { toRefusedFields } from "@/lib/domain/mapping/payload/to-refused-fields";
import { toSampleLead, toTestMapping } from "@/lib/domain/mapping/payload/to-sample-lead";
import { type Finding, mappingSchema } from "@/lib/domain/mapping/schema";
import { aLeadToSend } from "@/tests/support/builders";

const mapping = mappingSchema.parse({
  pipelineId: 12984871,
  fields: {
    phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    email: { entity: "contacts", fieldId: 467702 },
    telegram: { entity: "contacts", fieldId: 1709360 },
    profession: { entity: "leads", fieldId: 488804 },
    education: { entity: "leads", fieldId: 1711074 },
    income: { entity: "leads", fieldId: 1709444 },
    source: { entity: "leads", fieldId: 467714 },
    utm_medium: { entity: "leads", fieldId: 467710 },
    utm_campaign: { entity: "leads", fieldId: 467712 },
    utm_content: { entity: "leads", fieldId: 467708 },
    utm_term: { entity: "leads", fieldId: 467716 },
    referrer: { entity: "leads", fieldId: 467718 },
  },
});

test("the guide's simplified example becomes the guide's item", () => {
  const lead = aLeadToSend({
    name: "Иван",
    surname: "Петров",
    phone: "+79001234567",
    telegram: "@ivan",
    source: "expo",
  });

  const [contact] = toIncomingLead(lead, mapping)._embedded.contacts;

  expect(toIncomingLead(lead, mapping)).toEqual({
    request_id: lead.id,
    source_name: "Internal Team Form",
    source_uid: lead.id,
    pipeline_id: 12984871,
    created_at: 1_763_719_200,
    metadata: {
      form_id: "internal-team-form",
      form_name: "Team Lead Submission",
      form_page: `http://desk.test/leads/${lead.id}`,
      form_sent_at: 1_763_719_200,
    },
    _embedded: {
      contacts: [contact],
      leads: [
        {
          name: "Заявка: Иван Петров",
          price: 0,
          custom_fields_values: [{ field_id: 467714, values: [{ value: "expo" }] }],
        },
      ],
    },
  });
  expect(contact).toEqual({
    name: "Иван Петров",
    first_name: "Иван",
    last_name: "Петров",
    custom_fields_values: [
      { field_id: 467700, values: [{ value: "+79001234567", enum_code: "WORK" }] },
      { field_id: 1709360, values: [{ value: "@ivan" }] },
    ],
  });
});

test("every typed field goes to its target", () => {
  const lead = aLeadToSend({
    phone: "phone",
    email: "email",
    telegram: "telegram",
    profession: "profession",
    education: "education",
    income: "income",
    source: "source",
    utm_medium: "medium",
    utm_campaign: "campaign",
    utm_content: "content",
    utm_term: "term",
    referrer: "https://example.com/",
  });

  const item = toIncomingLead(lead, mapping);

  const values = [
    ...(item._embedded.contacts[0].custom_fields_values ?? []),
    ...(item._embedded.leads[0].custom_fields_values ?? []),
  ].map(({ field_id, values: [first] }) => [field_id, first?.value]);
  expect(Object.fromEntries(values)).toEqual({
    467700: "phone",
    467702: "email",
    1709360: "telegram",
    488804: "profession",
    1711074: "education",
    1709444: "income",
    467714: "source",
    467710: "medium",
    467712: "campaign",
    467708: "content",
    467716: "term",
    467718: "https://example.com/",
  });
  expect(item.metadata.referer).toBe("https://example.com/");
});

test("empty and unmapped values are not sent", () => {
  const lead = aLeadToSend({ name: "Ана", telegram: "@ana", income: "5" });

  const item = toIncomingLead(lead, { ...mapping, fields: {} });

  expect(item._embedded).toEqual({
    contacts: [{ name: "Ана", first_name: "Ана" }],
    leads: [{ name: "Заявка: Ана", price: 0 }],
  });
  expect(item.metadata).not.toHaveProperty("referer");
});

test("a name may contain template and replacement characters", () => {
  const lead = aLeadToSend({ name: "$& {surname}", surname: "Петров" });

  expect(toIncomingLead(lead, mapping)._embedded.leads[0].name).toBe("Заявка: $& {surname} Петров");
});

test("the lead and its contact name their recipient, and the lead has the tags of the rule once each", () => {
  const lead = aLeadToSend({ name: "Ана", recipient: { userId: 7, tags: ["hot", "expo"] } });

  const { leads, contacts } = toIncomingLead(lead, { ...mapping, tags: ["expo"] })._embedded;

  expect(leads[0]).toMatchObject({
    responsible_user_id: 7,
    _embedded: { tags: [{ name: "expo" }, { name: "hot" }] },
  });
  expect(contacts[0]).toMatchObject({ responsible_user_id: 7 });
});

test("nobody is no recipient", () => {
  const lead = aLeadToSend({ name: "Ана", recipient: { userId: null, tags: [] } });

  expect(JSON.stringify(toIncomingLead(lead, mapping))).not.toContain("responsible_user_id");
});

test("the lead carries the tags of the mapping", () => {
  const item = toIncomingLead(aLeadToSend({ name: "Ана" }), { ...mapping, tags: ["expo"] });

  expect(item._embedded.leads[0]._embedded).toEqual({ tags: [{ name: "expo" }] });
});

describe("the reference", () => {
  const target = { entity: "leads" as const, fieldId: 1711084, type: "text" };
  const withReference = { ...mapping, reference: target };
  const lead = aLeadToSend({ name: "Ана", source: "expo" });
  const broken: Finding = {
    kind: "reference_deleted",
    place: "reference",
    values: { name: "Lead Desk ID", fieldId: 1711084 },
    fix: { kind: "choose_field" },
    breaks: true,
  };
  const valuesOf = (...args: Parameters<typeof toIncomingLead>) =>
    toIncomingLead(...args)._embedded.leads[0].custom_fields_values;
  const source = { field_id: 467714, values: [{ value: "expo" }] };

  test("is the lead's id in the field chosen for it, the same on every attempt", () => {
    const reference = { field_id: 1711084, values: [{ value: lead.id }] };

    expect(valuesOf(lead, withReference)).toEqual([source, reference]);
    expect(valuesOf(lead, withReference)).toEqual([source, reference]);
  });

  test("goes with the test lead too", () => {
    const about = { id: "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f11", createdAt: 0, page: "" };

    const values = valuesOf(toSampleLead(withReference, about), toTestMapping(withReference));

    expect(values).toContainEqual({ field_id: 1711084, values: [{ value: about.id }] });
  });

  test("stays away from a field that was deleted, or takes another kind of value, and the lead goes", () => {
    const unfit = { ...mapping, reference: { ...target, type: "numeric" } };

    expect(valuesOf(lead, withReference, [broken])).toEqual([source]);
    expect(valuesOf(lead, unfit)).toEqual([source]);
    expect(valuesOf(lead, mapping)).toEqual([source]);
  });

  test("is named when Kommo refuses it", () => {
    const item = toIncomingLead(lead, withReference);
    const path = "_embedded.leads.0.custom_fields_values.1.field_id";

    const refused = toRefusedFields([{ code: "NotSupportedChoice", path }], item, withReference);

    expect(refused).toEqual([{ field: null, key: "reference", code: "NotSupportedChoice", path }]);
  });
});

test("a mapping published before there was a reference has none", () => {
  const { reference: _, ...older } = mapping;

  expect(mappingSchema.parse(JSON.parse(JSON.stringify(older)))).toEqual(mapping);
  expect(mapping.reference).toBeNull();
});

test("a lead's name is shortened to what Kommo takes, counted in characters", () => {
  const toName = (surname: string) => {
    const [lead] = toIncomingLead(aLeadToSend({ name: "Иван", surname }), {
      ...mapping,
      leadName: `${"🌸".repeat(240)} {name} {surname}`,
    })._embedded.leads;
    return [...lead.name];
  };

  expect(toName("Ким")).toHaveLength(249);
  expect(toName("Константинопольский")).toHaveLength(255);
  expect(toName("Константинопольский").at(-1)).toBe("…");
});

test("a lead of a website form without a name is called so, and its contact by what is known", () => {
  const lead = aLeadToSend({ phone: "+79001234567" });

  const russian = toIncomingLead(lead, mapping)._embedded;
  const english = toIncomingLead(lead, { ...mapping, leadName: "Lead: {name}" })._embedded;

  expect(russian.leads[0]?.name).toBe("Заявка с сайта");
  expect(english.leads[0]?.name).toBe("Website lead");
  expect(russian.contacts[0]?.name).toBe("+79001234567");
});

describe("a lead that is added to a contact of Kommo", () => {
  const values = { phone: "+79001234567", email: "ivan@example.com", telegram: "@ivan", source: "expo" };
  const lead = aLeadToSend({ ...values, contactId: 9, recipient: { userId: 7, tags: [] } });

  test("says nothing of the contact but its id, and who gets it in the lead alone", () => {
    const { contacts, leads } = toIncomingLead(lead, mapping)._embedded;

    expect(contacts).toEqual([{ id: 9 }]);
    expect(leads[0]).toMatchObject({ responsible_user_id: 7 });
  });

  test("takes what was typed of the contact into the fallback field of leads, but for the phone", () => {
    const withFallback = mappingSchema.parse({
      ...mapping,
      parkIn: { entity: "leads", fieldId: 555, type: "textarea" },
    });
    const { leads } = toIncomingLead(lead, withFallback)._embedded;
    const note = leads[0].custom_fields_values?.find(({ field_id }) => field_id === 555)?.values[0]?.value;

    expect(note).toContain("ivan@example.com");
    expect(note).toContain("@ivan");
    expect(note).not.toContain("+79001234567");
  });

  test("leaves it here where the fallback field is the contact's own", () => {
    const withFallback = mappingSchema.parse({
      ...mapping,
      parkIn: { entity: "contacts", fieldId: 555, type: "textarea" },
    });

    expect(toIncomingLead(lead, withFallback)._embedded.contacts).toEqual([{ id: 9 }]);
  });
});
