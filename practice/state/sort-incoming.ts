import { type Account, ADMIN_ID } from "./account.ts";
import type { Incoming, State } from "./records.ts";

/** What a person does on the board; false when the lead has been sorted already. */
export function acceptOrDecline(
  state: State,
  account: Account,
  incoming: Incoming | undefined,
  verb: "accept" | "decline",
  now: number,
  responsible: Responsible = "kept",
): boolean {
  const stage = incoming && findStage(account, incoming.pipeline_id, undefined);
  if (!stage || incoming.outcome !== "incoming") return false;
  if (verb === "accept") {
    leaveIncoming(state, incoming, "accepted", stage.id, now);
    setResponsible(state, incoming, responsible, ADMIN_ID);
  }
  if (verb === "decline") decline(state, incoming, now);
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
  now: number,
): void {
  incoming.outcome = outcome;
  const updated_at = Math.floor(now / 1000);
  const lead = state.leads.get(incoming.lead_id);
  if (lead) Object.assign(lead, { status_id, updated_at });
  const others = [
    state.contacts.get(incoming.contact_id ?? 0),
    state.companies.get(incoming.company_id ?? 0),
  ];
  for (const record of others) {
    if (record?.is_unsorted) Object.assign(record, { is_unsorted: false, updated_at, listed_at: now });
  }
}

type Responsible = "kept" | "acceptor" | "none";

/** Nobody knows what Kommo does here: a switch says it. docs/kommo-api.md §2.3 */
export function setResponsible(
  state: State,
  { lead_id, contact_id }: Incoming,
  after: Responsible,
  acceptorId: number,
): void {
  if (after === "kept") return;
  const responsible_user_id = after === "acceptor" ? acceptorId : 0;
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

export function decline(state: State, incoming: Incoming, now: number): void {
  incoming.outcome = "declined";
  const lead = state.leads.get(incoming.lead_id);
  if (lead) Object.assign(lead, { is_deleted: true, updated_at: Math.floor(now / 1000) });
}
