import { ADMIN_ID } from "../state/account.ts";
import { isJson } from "../state/json.ts";
import type { Incoming } from "../state/records.ts";
import { decline, findIncoming, findStage, leaveIncoming, setResponsible } from "../state/sort-incoming.ts";
import { type Answer, type Call, invalid, problem, toStubs } from "./answer.ts";
import { notAChoice } from "./checks.ts";

/** docs/kommo-api.md §2.3 */
export function acceptIncomingLead(call: Call): Answer {
  const incoming = findIncoming(call.state, call.id);
  if (!incoming) return problem(404, "Not Found");
  const wanted = isJson(call.body) ? call.body.status_id : undefined;
  const stage = findStage(call.account, incoming.pipeline_id, wanted);
  if (!stage) return invalid([{ errors: [notAChoice("status_id")] }]);
  const act = call.sortingAct(toUser(call.body));
  leaveIncoming(call.state, incoming, "accepted", stage.id, act);
  setResponsible(call.state, incoming, call.switches.responsibleAfterAccept, act);

  return { status: 200, body: toOutcome(call, incoming) };
}

/** docs/kommo-api.md §2.4 */
export function declineIncomingLead(call: Call): Answer {
  const incoming = findIncoming(call.state, call.id);
  if (!incoming) return problem(404, "Not Found");
  decline(call.state, incoming, call.sortingAct(toUser(call.body)));
  const { companies, ...stubs } = toStubs(call, incoming);

  return { status: 200, body: { ...toOutcome(call, incoming), _embedded: stubs } };
}

/** Chats only: a form cannot be linked. docs/kommo-api.md §2.5 */
export function linkIncomingLead(call: Call): Answer {
  return findIncoming(call.state, call.id)
    ? problem(400, "Only chats can be linked")
    : problem(404, "Not Found");
}

function toUser(body: unknown): number {
  return isJson(body) && typeof body.user_id === "number" ? body.user_id : ADMIN_ID;
}

function toOutcome(call: Call, incoming: Incoming) {
  const { uid, pipeline_id, created_at } = incoming;
  return { uid, category: "forms", pipeline_id, created_at, _embedded: toStubs(call, incoming) };
}
