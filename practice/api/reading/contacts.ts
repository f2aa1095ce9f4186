import type { Company, Contact } from "../../state/records.ts";
import { type Answer, type Call, many, one, selfLink, stub } from "../answer.ts";
import { listWith, matches, takePage } from "../query.ts";
import { listFieldValues, orNull, unset, withColor } from "./record-parts.ts";
import { matchesFilters, matchesSearch, selectById, sortBy } from "./search.ts";

/** Contacts of leads nobody accepted yet are not listed. docs/kommo-api.md §5.1 */
export function listContacts(call: Call): Answer {
  const page = takeListed(call, call.state.contacts);
  return many(call, "contacts", { ...page, items: page.items.map((contact) => toContact(call, contact)) });
}

export function getContact(call: Call): Answer {
  const contact = call.state.contacts.get(Number(call.id));
  return one(contact && toContact(call, contact));
}

/** The same mechanics as contacts. docs/kommo-api.md §6 */
export function listCompanies(call: Call): Answer {
  const page = takeListed(call, call.state.companies);
  return many(call, "companies", { ...page, items: page.items.map((company) => toCompany(call, company)) });
}

export function getCompany(call: Call): Answer {
  const company = call.state.companies.get(Number(call.id));
  return one(company && toCompany(call, company));
}

export function listTags(call: Call): Answer {
  const { query, state } = call;
  const named = [...state.tags.values()].filter(
    ({ id, name }) => matches(query, "id", id) && matches(query, "name", name),
  );
  const page = takePage(named, query);
  return many(call, "tags", { ...page, items: withColor(page.items) });
}

// A search sees a record later than the list does, by the index's lag (docs/kommo-api.md §14).
function takeListed<T extends Contact | Company>({ query, switches, now }: Call, records: Map<number, T>) {
  const lag = query.has("query") ? switches.contactLagMs : 0;
  const found = selectById(records, query).filter(
    (record) =>
      !record.is_unsorted &&
      record.listed_at + lag <= now &&
      matchesFilters(query, record) &&
      matchesSearch(query, record),
  );
  return takePage(sortBy(found, query, ["id", "updated_at", "name"]), query);
}

function toContact(call: Call, contact: Contact) {
  const { tags, custom_fields_values, listed_at, ...plain } = contact;
  const linked = call.state.leadsOfContact.get(contact.id) ?? [];
  const leads = linked.filter((lead) => !lead.is_deleted).map(({ id }) => stub(call, "leads", id));
  return {
    ...plain,
    ...unset,
    is_deleted: false,
    custom_fields_values: orNull(listFieldValues(call, "contacts", custom_fields_values)),
    _links: selfLink(call, `contacts/${contact.id}`),
    _embedded: {
      tags: withColor(tags),
      companies: [],
      ...(listWith(call.query).includes("leads") ? { leads } : {}),
    },
  };
}

function toCompany(call: Call, company: Company) {
  const { tags, custom_fields_values, listed_at, is_unsorted, ...plain } = company;
  return {
    ...plain,
    ...unset,
    is_deleted: false,
    custom_fields_values: orNull(listFieldValues(call, "contacts", custom_fields_values)),
    _links: selfLink(call, `companies/${company.id}`),
    _embedded: { tags: withColor(tags) },
  };
}
