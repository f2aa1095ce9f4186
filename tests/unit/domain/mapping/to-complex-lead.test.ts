import { expect, test } from "vitest";
import { fitsComplex, toComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { aLeadToSend } from "@/tests/support/builders";

const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  tags: ["сайт"],
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
  reference: { entity: "leads", fieldId: 1711084, type: "text" },
});

test("a lead is the same one for /leads/complex, with the form's data and its category beside the contact", () => {
  const lead = aLeadToSend({
    name: "Иван",
    surname: "Петров",
    phone: "+79001234567",
    referrer: "https://a.example",
  });
  const item = toIncomingLead({ ...lead, recipient: { userId: 7, tags: [] } }, MAPPING);

  expect(toComplexLead(item)).toEqual({
    request_id: lead.id,
    pipeline_id: 12984871,
    created_at: 1_763_719_200,
    name: "Заявка: Иван Петров",
    price: 0,
    responsible_user_id: 7,
    custom_fields_values: [{ field_id: 1711084, values: [{ value: lead.id }] }],
    _embedded: {
      tags: [{ name: "сайт" }],
      contacts: item._embedded.contacts,
      metadata: { category: "forms", ...item.metadata },
    },
  });
});

test("a lead fits that carries our id in its page or its reference, and not one that carries it nowhere", () => {
  const plain = { ...MAPPING, reference: null };
  const nowhere = { ...plain, formPage: "https://school.example" };
  const byReference = { ...MAPPING, formPage: "https://school.example" };

  expect(
    [plain, byReference, nowhere].map((mapping) => fitsComplex(toIncomingLead(aLeadToSend(), mapping))),
  ).toEqual([true, true, false]);
});

test.each([
  [40, true],
  [41, false],
])("a lead of %i values fits: %s", (count, fits) => {
  const item = toIncomingLead(aLeadToSend(), MAPPING);
  const values = Array.from({ length: count }, () => ({ value: "x" }));
  const [contact] = item._embedded.contacts;
  const full = { ...contact, custom_fields_values: [{ field_id: 1, values }] };

  expect(fitsComplex({ ...item, _embedded: { ...item._embedded, contacts: [full] } })).toBe(fits);
});
