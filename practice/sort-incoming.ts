import { ACCOUNT_ID, pipelines } from "./account.ts";
import { type Answer, type Call, invalid, many, one, problem, selfLink } from "./answer.ts";
import { isJson, notAChoice } from "./checks.ts";
import { toStubs } from "./incoming-leads.ts";
import { filterBy, takePage } from "./query.ts";
import type { Incoming, State } from "./state.ts";

/** Newest first by its own created_at, whatever order is asked; ids only, no names. kommo-api.md §2.1 */
export function listIncomingLeads(call: Call): Answer {
  const waiting = call.state.incoming.filter(({ outcome }) => outcome === "incoming");
  const byUid = filterBy(waiting, call.query, "uid", ({ uid }) => uid);
  const byCategory = filterBy(byUid, call.query, "category", () => "forms");
  const found = filterBy(byCategory, call.query, "pipeline_id", ({ pipeline_id }) => pipeline_id);
  const page = takePage(
    found.reverse().sort((a, b) => b.created_at - a.created_at),
    call.query,
  );

  return many(call, "unsorted", { ...page, items: page.items.map((incoming) => toRead(call, incoming)) });
}

export function getIncomingLead(call: Call): Answer {
  const incoming = findWaiting(call.state, call.id);
  return one(incoming && toRead(call, incoming));
}

/** kommo-api.md §2.3 */
export function acceptIncomingLead(call: Call): Answer {
  const incoming = findWaiting(call.state, call.id);
  if (!incoming) return problem(404, "Not Found");
  const wanted = isJson(call.body) ? call.body.status_id : undefined;
  const stage = findStage(incoming, wanted);
  if (!stage) return invalid([{ errors: [notAChoice("status_id")] }]);
  accept(call.state, incoming, stage.id, call.now);

  return { status: 200, body: toOutcome(call, incoming) };
}

/** kommo-api.md §2.4 */
export function declineIncomingLead(call: Call): Answer {
  const incoming = findWaiting(call.state, call.id);
  if (!incoming) return problem(404, "Not Found");
  decline(call.state, incoming, call.now);
  const { companies, ...stubs } = toStubs(call, incoming);

  return { status: 200, body: { ...toOutcome(call, incoming), _embedded: stubs } };
}

/** What the board's buttons do; false when the lead has been sorted already. */
export function sortByHand(state: State, uid: string, verb: "accept" | "decline", now: number): boolean {
  const incoming = findWaiting(state, uid);
  const stage = incoming && findStage(incoming, undefined);
  if (!incoming || !stage) return false;
  if (verb === "accept") accept(state, incoming, stage.id, now);
  else decline(state, incoming, now);
  return true;
}

function accept(state: State, incoming: Incoming, statusId: number, now: number): void {
  incoming.outcome = "accepted";
  const lead = state.leads.find(({ id }) => id === incoming.lead_id);
  const contact = state.contacts.find(({ id }) => id === incoming.contact_id);
  const updated_at = Math.floor(now / 1000);
  if (lead) Object.assign(lead, { status_id: statusId, updated_at });
  if (contact) Object.assign(contact, { is_unsorted: false, updated_at });
}

function decline(state: State, incoming: Incoming, now: number): void {
  incoming.outcome = "declined";
  const lead = state.leads.find(({ id }) => id === incoming.lead_id);
  if (lead) Object.assign(lead, { is_deleted: true, updated_at: Math.floor(now / 1000) });
}

function findWaiting(state: State, uid: string): Incoming | undefined {
  return state.incoming.find((incoming) => incoming.uid === uid && incoming.outcome === "incoming");
}

function findStage(incoming: Incoming, wanted: unknown) {
  const ordinary = pipelines
    .find(({ id }) => id === incoming.pipeline_id)
    ?.statuses.filter(({ type }) => type === 0);
  return wanted === undefined ? ordinary?.[0] : ordinary?.find(({ id }) => id === wanted);
}

function toRead(call: Call, incoming: Incoming) {
  const { uid, source_uid, source_name, pipeline_id, created_at, metadata } = incoming;
  const asked = ["form_id", "form_name", "form_page", "ip", "referer", "visitor_uid"];
  return {
    uid,
    source_uid,
    source_name,
    category: "forms",
    pipeline_id,
    created_at,
    metadata: {
      ...Object.fromEntries(asked.map((key) => [key, metadata[key] ?? null])),
      // An integer on the way in, a string on the way out.
      form_sent_at: String(metadata.form_sent_at),
    },
    account_id: ACCOUNT_ID,
    _links: selfLink(call, `leads/unsorted/${uid}`),
    _embedded: toStubs(call, incoming),
  };
}

function toOutcome(call: Call, incoming: Incoming) {
  const { uid, pipeline_id, created_at } = incoming;
  return { uid, category: "forms", pipeline_id, created_at, _embedded: toStubs(call, incoming) };
}
