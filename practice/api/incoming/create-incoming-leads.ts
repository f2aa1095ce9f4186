import { randomBytes } from "node:crypto";
import { ACCOUNT_ID } from "../../state/account-parts.ts";
import { isJson, type Json, toList } from "../../state/json.ts";
import { addIncoming, type Incoming } from "../../state/records.ts";
import { type Answer, type Call, selfLink, toStubs } from "../answer.ts";
import { checkItems, refuseBody, refuseItems, toRequestId } from "./check-items.ts";
import { createCompany, createContact, createLead, toNumber } from "./create-records.ts";
import { findTarget } from "./find-target.ts";

/** Takes the whole batch or nothing, unless the switch says `partial`; the same source_uid twice makes two. docs/kommo-api.md §1 */
export function createIncomingLeads(call: Call): Answer {
  const refusal = refuseBody(call.body);
  if (refusal) return refusal;
  const items: unknown[] = Array.isArray(call.body) ? call.body : [];
  const refused = checkItems(call, items);
  const isTaken = refused.size === 0 || call.switches.batch === "partial";
  const created = items.flatMap((item, index) =>
    isTaken && isJson(item) && !refused.has(index) ? [createIncomingLead(call, item, index)] : [],
  );

  return refused.size > 0 ? refuseItems(call, items, refused) : toCreated(call, created);
}

function toCreated(call: Call, created: Incoming[]): Answer {
  const unsorted = created.map((incoming) => ({
    uid: incoming.uid,
    account_id: ACCOUNT_ID,
    request_id: incoming.request_id,
    _links: selfLink(call, `leads/unsorted/${incoming.uid}`),
    _embedded: toStubs(call, incoming),
  }));
  return { status: 200, body: { _total_items: created.length, _embedded: { unsorted } } };
}

function createIncomingLead(call: Call, item: Json, index: number): Incoming {
  const { account, state, switches, now } = call;
  const embedded = isJson(item._embedded) ? item._embedded : {};
  const [lead = {}] = toList(embedded.leads);
  const [contact] = toList(embedded.contacts);
  const [company] = toList(embedded.companies);
  const target = findTarget(account, switches, item).target;
  const isUnsorted = target?.is_unsorted_on ?? true;
  const contact_id = contact ? createContact(call, contact, isUnsorted) : null;
  const company_id = company ? createCompany(call, company, isUnsorted) : null;
  const named = { ...lead, name: lead.name ?? item.source_name };
  const saved = createLead(call, named, target, isUnsorted, { contact_id, company_id });
  const incoming: Incoming = {
    uid: randomBytes(30).toString("hex"),
    request_id: toRequestId(item, index),
    source_uid: String(item.source_uid),
    source_name: String(item.source_name),
    pipeline_id: saved.pipeline_id,
    created_at: toNumber(item.created_at, Math.floor(now / 1000)),
    metadata: isJson(item.metadata) ? item.metadata : {},
    lead_id: saved.id,
    contact_id,
    company_id,
    outcome: isUnsorted ? "incoming" : "accepted",
    received_at: now,
    item,
  };
  addIncoming(state, incoming);
  return incoming;
}
