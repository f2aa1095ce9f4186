import { ACCOUNT_ID } from "../../state/account-parts.ts";
import type { Lead } from "../../state/records.ts";
import { type Answer, type Call, many, one, selfLink, stub } from "../answer.ts";
import { listWith, matches, type Query, takePage } from "../query.ts";
import { listFieldValues, orNull, unset, withColor } from "./record-parts.ts";
import { matchesFilters, matchesSearch, selectById, sortBy } from "./search.ts";

/** `with=only_deleted` reads the trash, where a lead is little more than its id. docs/kommo-api.md §2.7, §5.3 */
export function listLeads(call: Call): Answer {
  const { query, state } = call;
  const isTrash = listWith(query).includes("only_deleted");
  const found = selectById(state.leads, query).filter(
    (lead) =>
      lead.is_deleted === isTrash &&
      isListed(call, lead) &&
      matches(query, "pipeline_id", lead.pipeline_id) &&
      matches(query, "price", lead.price) &&
      matchesStages(query, lead) &&
      matchesFilters(query, lead) &&
      matchesSearch(query, lead),
  );
  const page = takePage(sortBy(found, query, ["id", "updated_at", "created_at"]), query);

  return many(call, "leads", { ...page, items: page.items.map((lead) => toLead(call, lead)) });
}

/** A trashed or merged lead reads as 204, like one that never was. docs/kommo-api.md §2.7 */
export function getLead(call: Call): Answer {
  const lead = call.state.leads.get(Number(call.id));
  return one(lead && !lead.is_deleted ? toLead(call, lead) : undefined);
}

// The list may lag behind (docs/kommo-api.md §14).
function isListed({ state, switches, now }: Call, { id }: Lead): boolean {
  const receivedAt = state.incomingOfLead.get(id)?.received_at;
  return receivedAt === undefined || receivedAt + switches.leadLagMs <= now;
}

// Pairs: `filter[statuses][0][pipeline_id]` goes with `filter[statuses][0][status_id]` (docs/kommo-api.md §5.3).
function matchesStages(query: Query, lead: Lead): boolean {
  const indexes = [...query.keys()].flatMap(
    (key) => /^filter\.statuses\.(\w+)\.(?:pipeline_id|status_id)$/.exec(key)?.[1] ?? [],
  );
  return (
    indexes.length === 0 ||
    indexes.some(
      (index) =>
        matches(query, `statuses.${index}.pipeline_id`, lead.pipeline_id) &&
        matches(query, `statuses.${index}.status_id`, lead.status_id),
    )
  );
}

function toLead(call: Call, lead: Lead) {
  if (lead.is_deleted) return toTrashed(call, lead);
  const { contact_id, company_id, tags, custom_fields_values, ...plain } = lead;
  const values = listFieldValues(call, "leads", custom_fields_values);
  const contacts = contact_id === null ? [] : [{ ...stub(call, "contacts", contact_id), is_main: true }];
  return {
    ...plain,
    ...unset,
    score: null,
    labor_cost: null,
    is_price_computed: false,
    custom_fields_values: orNull(values.map((one) => ({ ...one, is_computed: false }))),
    _links: selfLink(call, `leads/${lead.id}`),
    _embedded: {
      tags: withColor(tags),
      companies: company_id ? [stub(call, "companies", company_id)] : [],
      ...(listWith(call.query).includes("contacts") ? { contacts } : {}),
      ...(listWith(call.query).includes("loss_reason") ? { loss_reason: listReasons(call, lead) } : {}),
    },
  };
}

function listReasons({ account }: Call, { loss_reason_id }: Lead) {
  return account.lossReasons.filter(({ id }) => id === loss_reason_id);
}

function toTrashed(call: Call, { id, updated_at }: Lead) {
  const _links = selfLink(call, `leads/${id}`);
  return { id, name: null, updated_at, is_deleted: true, account_id: ACCOUNT_ID, _links };
}
