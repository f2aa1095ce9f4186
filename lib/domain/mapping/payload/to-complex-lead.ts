import type { FieldValues, IncomingLead } from "./incoming-lead";

/** One lead of the array posted to /leads/complex, as an incoming lead of a form (docs/kommo-api.md §1.1, §5.4). */
export type ComplexLead = Omit<IncomingLead["_embedded"]["leads"][0], "_embedded"> & {
  request_id: string;
  pipeline_id: number;
  created_at: number;
  _embedded: {
    tags?: { name: string }[];
    contacts: IncomingLead["_embedded"]["contacts"];
    metadata: IncomingLead["metadata"] & { category: "forms" };
  };
};

const MOST_VALUES = 40;

/** The same lead for /leads/complex. Of the sender's name and id it takes none: our id stands in the page and the reference. */
export function toComplexLead({
  request_id,
  pipeline_id,
  created_at,
  metadata,
  _embedded,
}: IncomingLead): ComplexLead {
  const [{ _embedded: parts, ...lead }] = _embedded.leads;
  return {
    ...{ request_id, pipeline_id, created_at },
    ...lead,
    _embedded: {
      ...parts,
      contacts: _embedded.contacts,
      metadata: { category: "forms", ...metadata },
    },
  };
}

/**
 * /leads/complex takes 40 values of each, lead and contact (docs/kommo-api.md §5.4), and no id of the sender: a lead that would
 * carry ours nowhere could not be found again.
 */
export function fitsComplex(item: IncomingLead): boolean {
  const { leads, contacts } = item._embedded;
  return (
    carriesId(item) &&
    [...leads, ...contacts].every((part) => countValues(part.custom_fields_values) <= MOST_VALUES)
  );
}

function carriesId({ request_id, metadata, _embedded }: IncomingLead): boolean {
  const [{ custom_fields_values = [] }] = _embedded.leads;
  const isReference = custom_fields_values.some(({ values }) =>
    values.some(({ value }) => value === request_id),
  );
  return isReference || metadata.form_page.includes(request_id);
}

function countValues(fields: FieldValues[] = []): number {
  return fields.reduce((sum, { values }) => sum + values.length, 0);
}
