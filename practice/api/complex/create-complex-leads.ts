import { randomBytes } from "node:crypto";
import { isJson, type Json, toList } from "../../state/json.ts";
import { addIncoming, type Lead } from "../../state/records.ts";
import type { Answer, Call } from "../answer.ts";
import { refuseItems, toRequestId } from "../incoming/check-items.ts";
import { createCompany, createContact, createLead, toNumber } from "../incoming/create-records.ts";
import { findTarget } from "../incoming/find-target.ts";
import { checkComplexLeads, refuseComplexBody } from "./check-complex.ts";
import { findDuplicate, mergeInto } from "./duplicate-control.ts";

type Created = { lead: Lead; requestIds: string[]; merged: boolean };

/**
 * Leads with their contacts, under duplicate control; with `metadata` of a category they are incoming ones. Takes the whole
 * batch or nothing, and answers with a bare list. docs/kommo-api.md §5.4, §10
 */
export function createComplexLeads(call: Call): Answer {
  const refusal = refuseComplexBody(call.body);
  if (refusal) return refusal;
  const items = toList(call.body);
  const refused = checkComplexLeads(call, items);
  if (refused.size > 0) return refuseItems(call, items, refused);

  const before = call.state.nextId;
  const created: Created[] = [];
  for (const [index, item] of items.entries()) createOne(call, item, index, { created, before });
  return { status: 200, body: created.map(toAnswered) };
}

/** Leads of one request are duplicates of each other only by the switch. docs/kommo-api.md §5.4 */
function createOne(
  call: Call,
  item: Json,
  index: number,
  { created, before }: { created: Created[]; before: number },
): void {
  const requestId = toRequestId(item, index);
  const duplicate = findDuplicate(call, item, before);
  const known = created.find(({ lead }) => lead === duplicate);
  if (duplicate) mergeInto(call, duplicate, item);
  if (known) known.requestIds.push(requestId);
  else if (duplicate) created.push({ lead: duplicate, requestIds: [requestId], merged: true });
  else created.push({ lead: create(call, item, requestId), requestIds: [requestId], merged: false });
}

function create(call: Call, item: Json, requestId: string): Lead {
  const embedded = isJson(item._embedded) ? item._embedded : {};
  const metadata = isJson(embedded.metadata) ? embedded.metadata : undefined;
  const [contact] = toList(embedded.contacts);
  const [company] = toList(embedded.companies);
  const { target } = findTarget(call.account, call.switches, { pipeline_id: item.pipeline_id });
  const isUnsorted = metadata !== undefined && (target?.is_unsorted_on ?? true);
  const contact_id = contact ? createContact(call, contact, isUnsorted) : null;
  const company_id = company ? createCompany(call, company, isUnsorted) : null;
  const lead = createLead(call, item, target, isUnsorted, { contact_id, company_id });
  if (isUnsorted)
    addIncoming(call.state, {
      uid: randomBytes(30).toString("hex"),
      request_id: requestId,
      source_uid: "",
      source_name: "",
      pipeline_id: lead.pipeline_id,
      created_at: toNumber(item.created_at, Math.floor(call.now / 1000)),
      metadata,
      lead_id: lead.id,
      contact_id,
      company_id,
      outcome: "incoming",
      received_at: call.now,
      item,
    });
  return lead;
}

function toAnswered({ lead, requestIds, merged }: Created) {
  const { id, contact_id, company_id } = lead;
  return { id, contact_id, company_id, request_id: requestIds, merged };
}
