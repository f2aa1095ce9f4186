import type { Account } from "./account.ts";
import { LOST, WON } from "./account-parts.ts";
import { type Act, writeEvent, writeStageChange } from "./events.ts";
import type { Incoming, Lead, State } from "./records.ts";

/** What a person does on the board; false when the lead has been sorted already. */
export function acceptOrDecline(
  state: State,
  account: Account,
  incoming: Incoming | undefined,
  verb: "accept" | "decline",
  act: Act,
  responsible: Responsible = "kept",
): boolean {
  const stage = incoming && findStage(account, incoming.pipeline_id, undefined);
  if (!stage || incoming.outcome !== "incoming") return false;
  if (verb === "accept") {
    leaveIncoming(state, incoming, "accepted", stage.id, act);
    setResponsible(state, incoming, responsible, act);
  }
  if (verb === "decline") decline(state, incoming, act);
  return true;
}

/**
 * The lead leaves the incoming stage for another, and those it came with appear in their lists.
 * docs/kommo-api.md §2.3, §2.8
 */
export function leaveIncoming(
  state: State,
  incoming: Incoming,
  outcome: "accepted" | "touched" | "merged",
  status_id: number,
  act: Act,
): void {
  incoming.outcome = outcome;
  const { now } = act;
  const updated_at = Math.floor(now / 1000);
  const lead = state.leads.get(incoming.lead_id);
  if (lead) moveToStage(state, lead, { pipeline_id: lead.pipeline_id, status_id }, act);
  const others = [
    state.contacts.get(incoming.contact_id ?? 0),
    state.companies.get(incoming.company_id ?? 0),
  ];
  for (const record of others) {
    if (record?.is_unsorted) Object.assign(record, { is_unsorted: false, updated_at, listed_at: now });
  }
}

type Stage = { pipeline_id: number; status_id: number };

/** Won and lost close a lead; any other stage opens it again, without the reason for which it was lost. */
export function moveToStage(state: State, lead: Lead, stage: Stage, act: Act, lossReasonId?: number): void {
  const updated_at = Math.floor(act.now / 1000);
  const isClosed = [WON, LOST].includes(stage.status_id);
  writeStageChange(state, act, lead.id, lead, stage);
  const loss_reason_id = stage.status_id === LOST ? (lossReasonId ?? lead.loss_reason_id) : null;
  const closed_at = isClosed ? (lead.closed_at ?? updated_at) : null;
  Object.assign(lead, { ...stage, updated_at, loss_reason_id, closed_at });
}

type Responsible = "kept" | "acceptor" | "none";

/** Nobody knows what Kommo does here: a switch says it. docs/kommo-api.md §2.3 */
export function setResponsible(
  state: State,
  { lead_id, contact_id }: Incoming,
  after: Responsible,
  act: Act,
): void {
  if (after === "kept") return;
  const responsible_user_id = after === "acceptor" ? act.by : 0;
  const before = state.leads.get(lead_id)?.responsible_user_id;
  if (before !== undefined && before !== responsible_user_id) {
    const [was, is] = [before, responsible_user_id].map((id) => [{ responsible_user: { id } }]);
    writeEvent(state, act, "entity_responsible_changed", lead_id, [was ?? [], is ?? []]);
  }
  for (const record of [state.leads.get(lead_id), state.contacts.get(contact_id ?? 0)])
    if (record) Object.assign(record, { responsible_user_id });
}

/** The stage asked for if it is an ordinary one of the pipeline; the first ordinary one when none is. */
export function findStage({ pipelines }: Account, pipelineId: number, wanted: unknown) {
  const ordinary = pipelines.find(({ id }) => id === pipelineId)?.statuses.filter(({ type }) => type === 0);
  return wanted === undefined ? ordinary?.[0] : ordinary?.find(({ id }) => id === wanted);
}

export function findIncoming(state: State, uid: string): Incoming | undefined {
  const incoming = state.incoming.get(uid);
  return incoming?.outcome === "incoming" ? incoming : undefined;
}

export function decline(state: State, incoming: Incoming, act: Act): void {
  incoming.outcome = "declined";
  const lead = state.leads.get(incoming.lead_id);
  if (!lead) return;
  Object.assign(lead, { is_deleted: true, updated_at: Math.floor(act.now / 1000) });
  writeEvent(state, act, "lead_deleted", lead.id);
}
