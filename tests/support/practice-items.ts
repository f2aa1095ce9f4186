/** An item of POST /leads/unsorted/forms as most integrations write it (docs/kommo-api.md §1.1). */
export function anItem(change: object = {}) {
  return {
    source_name: "Internal Team Form",
    source_uid: "5d41402abc4b2a76b9719d911017c592",
    pipeline_id: 12984871,
    created_at: 1763700000,
    metadata: aForm(),
    _embedded: {
      contacts: [
        {
          name: "Иван Петров",
          first_name: "Иван",
          last_name: "Петров",
          custom_fields_values: [
            { field_id: 467700, values: [{ value: "+79001234567" }] },
            { field_id: 1709360, values: [{ value: "@ivan" }] },
          ],
        },
      ],
      leads: [aLead()],
    },
    ...change,
  };
}

export function aForm(change: object = {}) {
  return {
    form_id: "internal-team-form",
    form_name: "Team Lead Submission",
    form_page: "https://internal.intermigro.com",
    form_sent_at: 1763700000,
    ...change,
  };
}

export function aLead(change: object = {}): object {
  return {
    name: "Заявка: Иван Петров",
    price: 0,
    custom_fields_values: [{ field_id: 467714, values: [{ value: "instagram" }] }],
    ...change,
  };
}

export function withLead(change: object) {
  return { _embedded: { leads: [aLead(change)] } };
}

export function withField(field: object) {
  return withLead({ custom_fields_values: [field] });
}

/** An item whose lead has this name. */
export function anItemNamed(name: string, change: object = {}) {
  return anItem({ ...withLead({ name }), ...change });
}
