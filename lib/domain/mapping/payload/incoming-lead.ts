/** One entry of `custom_fields_values` (docs/kommo-api.md §4). */
export type FieldValues = {
  field_id: number;
  values: { value?: string | number | boolean; enum_id?: number; enum_code?: string }[];
};

/** One item of the array posted to /leads/unsorted/forms (docs/kommo-api.md §1.1). Times are unix seconds. */
export type IncomingLead = {
  request_id: string;
  source_name: string;
  source_uid: string;
  pipeline_id: number;
  created_at: number;
  metadata: {
    form_id: string;
    form_name: string;
    form_page: string;
    form_sent_at: number;
    referer?: string;
  };
  _embedded: {
    contacts: [
      {
        /** Of a contact that Kommo has; nothing else is said of it then. */
        id?: number;
        name?: string;
        first_name?: string;
        last_name?: string;
        responsible_user_id?: number;
        custom_fields_values?: FieldValues[];
      },
    ];
    leads: [
      {
        name: string;
        price: 0;
        responsible_user_id?: number;
        custom_fields_values?: FieldValues[];
        _embedded?: { tags: { name: string }[] };
      },
    ];
  };
};
