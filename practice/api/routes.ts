import { acceptIncomingLead, declineIncomingLead, linkIncomingLead } from "./accept-and-decline.ts";
import { type Answer, type Call, problem } from "./answer.ts";
import { changeLead } from "./change-leads.ts";
import { createComplexLeads } from "./complex/create-complex-leads.ts";
import { createIncomingLeads } from "./incoming/create-incoming-leads.ts";
import {
  getAccount,
  getField,
  getPipeline,
  getStage,
  getUser,
  listFields,
  listLossReasons,
  listPipelines,
  listStages,
  listUsers,
} from "./reading/catalogue.ts";
import { getCompany, getContact, listCompanies, listContacts, listTags } from "./reading/contacts.ts";
import { listEvents } from "./reading/events.ts";
import { getIncomingLead, listIncomingLeads, summarizeIncomingLeads } from "./reading/incoming-leads.ts";
import { getLead, listLeads } from "./reading/leads.ts";

type Handlers = Partial<Record<string, (call: Call) => Answer>>;

const routes: [RegExp, Handlers][] = [
  [/^account$/, { GET: getAccount }],
  [/^users$/, { GET: listUsers }],
  [/^users\/(\d+)$/, { GET: getUser }],
  [/^events$/, { GET: listEvents }],
  [/^leads$/, { GET: listLeads }],
  [/^leads\/(\d+)$/, { GET: getLead, PATCH: changeLead }],
  [/^leads\/loss_reasons$/, { GET: listLossReasons }],
  [/^leads\/complex$/, { POST: createComplexLeads }],
  [/^leads\/tags$/, { GET: listTags }],
  [/^leads\/pipelines$/, { GET: listPipelines }],
  [/^leads\/pipelines\/(\d+)$/, { GET: getPipeline }],
  [/^leads\/pipelines\/(\d+)\/statuses$/, { GET: listStages }],
  [/^leads\/pipelines\/(\d+)\/statuses\/(\d+)$/, { GET: getStage }],
  [/^leads\/unsorted$/, { GET: listIncomingLeads }],
  [/^leads\/unsorted\/forms$/, { POST: createIncomingLeads }],
  [/^leads\/unsorted\/summary$/, { GET: summarizeIncomingLeads }],
  [/^leads\/unsorted\/([0-9a-f]{60})$/, { GET: getIncomingLead }],
  [/^leads\/unsorted\/([0-9a-f]+)\/accept$/, { POST: acceptIncomingLead }],
  [/^leads\/unsorted\/([0-9a-f]+)\/decline$/, { DELETE: declineIncomingLead }],
  [/^leads\/unsorted\/([0-9a-f]+)\/link$/, { POST: linkIncomingLead }],
  [/^contacts$/, { GET: listContacts }],
  [/^contacts\/(\d+)$/, { GET: getContact }],
  [/^companies$/, { GET: listCompanies }],
  [/^companies\/(\d+)$/, { GET: getCompany }],
  ...(["leads", "contacts", "companies"] as const).flatMap((entity): [RegExp, Handlers][] => [
    [new RegExp(`^${entity}/custom_fields$`), { GET: listFields(entity) }],
    [new RegExp(`^${entity}/custom_fields/(\\d+)$`), { GET: getField(entity) }],
  ]),
];

/** An unknown route is 404, a known one with the wrong verb 405. docs/kommo-api.md §15 */
export function route(call: Omit<Call, "id" | "subId">): Answer {
  const path = call.url.pathname.replace(/^\/api\/v4\//, "");
  for (const [pattern, handlers] of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const handler = handlers[call.method];
    const [, id = "", subId = ""] = match;
    return handler ? handler({ ...call, id, subId }) : problem(405, "Method Not Allowed");
  }
  return problem(404, `Cannot ${call.method} ${call.url.href}`);
}
