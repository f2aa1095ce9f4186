import { ACCOUNT_ID, LOST, WON } from "./account.ts";
import { type Answer, type Call, many, one, selfLink, stub } from "./answer.ts";
import { filterBy, listWith, type Query, takePage } from "./query.ts";
import type { Contact, Lead } from "./state.ts";

/** Contacts of leads nobody accepted yet are not listed. kommo-api.md §5.1 */
export function listContacts(call: Call): Answer {
  const listed = call.state.contacts.filter((contact) => !contact.is_unsorted);
  const page = takePage(sort(search(byId(listed, call.query), call.query), call.query), call.query);

  return many(call, "contacts", { ...page, items: page.items.map((contact) => toContact(call, contact)) });
}

export function getContact(call: Call): Answer {
  const contact = call.state.contacts.find(({ id }) => String(id) === call.id);
  return one(contact && toContact(call, contact));
}

/** `with=only_deleted` reads the trash, where a lead is little more than its id. kommo-api.md §2.7, §5.3 */
export function listLeads(call: Call): Answer {
  const isTrash = listWith(call.query).includes("only_deleted");
  const listed = call.state.leads.filter((lead) => lead.is_deleted === isTrash);
  const inPipeline = filterBy(listed, call.query, "pipeline_id", (lead) => lead.pipeline_id);
  const page = takePage(sort(search(byId(inPipeline, call.query), call.query), call.query), call.query);

  return many(call, "leads", { ...page, items: page.items.map((lead) => toLead(call, lead)) });
}

/** A trashed lead reads as 204, like one that never was. kommo-api.md §2.7 */
export function getLead(call: Call): Answer {
  const lead = call.state.leads.find(({ id, is_deleted }) => String(id) === call.id && !is_deleted);
  return one(lead && toLead(call, lead));
}

export function listTags(call: Call): Answer {
  const named = filterBy(
    filterBy(call.state.tags, call.query, "id", ({ id }) => id),
    call.query,
    "name",
    ({ name }) => name,
  );
  const page = takePage(named, call.query);
  return many(call, "tags", { ...page, items: page.items.map((tag) => ({ ...tag, color: null })) });
}

function byId<T extends Contact | Lead>(records: T[], query: Query): T[] {
  return filterBy(records, query, "id", ({ id }) => id);
}

// Plain text search over the name and every value: a phone is found only as it was written (kommo-api.md §5.1).
function search<T extends Contact | Lead>(records: T[], query: Query): T[] {
  const words = query.get("query")?.[0]?.toLowerCase();
  if (!words) return records;
  return records.filter(({ name, custom_fields_values }) =>
    [name, ...custom_fields_values.flatMap(({ values }) => values.map(({ value }) => String(value)))].some(
      (text) => text.toLowerCase().includes(words),
    ),
  );
}

function sort<T extends Contact | Lead>(records: T[], query: Query): T[] {
  const key =
    (["id", "updated_at", "created_at"] as const).find((name) => query.has(`order.${name}`)) ?? "updated_at";
  const sign = query.get(`order.${key}`)?.[0] === "desc" ? -1 : 1;
  return records.toSorted((a, b) => sign * (a[key] - b[key]));
}

function toLead(call: Call, lead: Lead) {
  if (lead.is_deleted) {
    const { id, updated_at } = lead;
    return {
      id,
      name: null,
      updated_at,
      is_deleted: true,
      account_id: ACCOUNT_ID,
      _links: selfLink(call, `leads/${id}`),
    };
  }
  const { contact_id, tags, custom_fields_values, ...plain } = lead;
  const contacts = contact_id === null ? [] : [{ ...stub(call, "contacts", contact_id), is_main: true }];
  return {
    ...plain,
    ...unset,
    loss_reason_id: null,
    closed_at: [WON, LOST].includes(lead.status_id) ? lead.updated_at : null,
    score: null,
    labor_cost: null,
    is_price_computed: false,
    custom_fields_values: orNull(custom_fields_values.map((values) => ({ ...values, is_computed: false }))),
    _links: selfLink(call, `leads/${lead.id}`),
    _embedded: {
      tags: withColor(tags),
      companies: [],
      ...(listWith(call.query).includes("contacts") ? { contacts } : {}),
    },
  };
}

function toContact(call: Call, contact: Contact) {
  const { tags, custom_fields_values, ...plain } = contact;
  const linked = call.state.leads.filter((lead) => lead.contact_id === contact.id && !lead.is_deleted);
  const leads = linked.map(({ id }) => stub(call, "leads", id));
  return {
    ...plain,
    ...unset,
    is_deleted: false,
    custom_fields_values: orNull(custom_fields_values),
    _links: selfLink(call, `contacts/${contact.id}`),
    _embedded: {
      tags: withColor(tags),
      companies: [],
      ...(listWith(call.query).includes("leads") ? { leads } : {}),
    },
  };
}

const unset = { group_id: 0, created_by: 0, updated_by: 0, closest_task_at: null, account_id: ACCOUNT_ID };

const withColor = (tags: Lead["tags"]) => tags.map((tag) => ({ ...tag, color: null }));

const orNull = <T>(values: T[]) => (values.length > 0 ? values : null);
