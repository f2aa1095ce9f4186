import { type Answer, type Call, problem } from "./answer.ts";
import {
  getAccount,
  getField,
  getPipeline,
  getUser,
  listFields,
  listPipelines,
  listUsers,
} from "./catalogue.ts";
import { createIncomingLeads } from "./incoming-leads.ts";
import { getContact, getLead, listContacts, listLeads, listTags } from "./records.ts";
import {
  acceptIncomingLead,
  declineIncomingLead,
  getIncomingLead,
  listIncomingLeads,
} from "./sort-incoming.ts";

type Handlers = Partial<Record<string, (call: Call) => Answer>>;

const routes: [RegExp, Handlers][] = [
  [/^account$/, { GET: getAccount }],
  [/^users$/, { GET: listUsers }],
  [/^users\/(\d+)$/, { GET: getUser }],
  [/^leads$/, { GET: listLeads }],
  [/^leads\/(\d+)$/, { GET: getLead }],
  [/^leads\/tags$/, { GET: listTags }],
  [/^leads\/pipelines$/, { GET: listPipelines }],
  [/^leads\/pipelines\/(\d+)$/, { GET: getPipeline }],
  [/^leads\/unsorted$/, { GET: listIncomingLeads }],
  [/^leads\/unsorted\/forms$/, { POST: createIncomingLeads }],
  [/^leads\/unsorted\/([0-9a-f]{60})$/, { GET: getIncomingLead }],
  [/^leads\/unsorted\/([0-9a-f]+)\/accept$/, { POST: acceptIncomingLead }],
  [/^leads\/unsorted\/([0-9a-f]+)\/decline$/, { DELETE: declineIncomingLead }],
  [/^contacts$/, { GET: listContacts }],
  [/^contacts\/(\d+)$/, { GET: getContact }],
  ...(["leads", "contacts", "companies"] as const).flatMap((entity): [RegExp, Handlers][] => [
    [new RegExp(`^${entity}/custom_fields$`), { GET: listFields(entity) }],
    [new RegExp(`^${entity}/custom_fields/(\\d+)$`), { GET: getField(entity) }],
  ]),
];

/** An unknown route is 404, a known one with the wrong verb 405. kommo-api.md §15 */
export function route(call: Omit<Call, "id">): Answer {
  const path = call.url.pathname.replace(/^\/api\/v4\//, "");
  for (const [pattern, handlers] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const handler = handlers[call.method];
    return handler ? handler({ ...call, id: match[1] ?? "" }) : problem(405, "Method Not Allowed");
  }
  return problem(404, `Cannot ${call.method} ${call.url.href}`);
}
