import { toFieldValues } from "../state/field-values.ts";
import { isJson, type Json } from "../state/json.ts";
import type { Lead } from "../state/records.ts";
import { findStage, leaveIncoming, moveToStage } from "../state/sort-incoming.ts";
import { type Answer, type Call, invalid, problem, selfLink } from "./answer.ts";
import { type FieldError, notAChoice } from "./checks.ts";

/** A write of any kind takes an incoming lead out of the incoming stage. docs/kommo-api.md §2.8, §5.4 */
export function changeLead(call: Call): Answer {
  const lead = findPresent(call, Number(call.id));
  if (!lead) return problem(404, "Not Found");
  if (!isJson(call.body)) return problem(400, "Request data can not be empty");
  const errors = checkChange(call, lead, call.body);
  return errors.length > 0 ? invalid([{ errors }]) : { status: 200, body: change(call, lead, call.body) };
}

function checkChange({ account }: Call, lead: Lead, wanted: Json): FieldError[] {
  const { status_id, pipeline_id, loss_reason_id } = wanted;
  const pipeline = account.pipelines.find(({ id }) => id === (pipeline_id ?? lead.pipeline_id));
  if (pipeline_id !== undefined && !pipeline) return [notAChoice("pipeline_id")];
  const isReason = account.lossReasons.some(({ id }) => id === loss_reason_id);
  if (loss_reason_id !== undefined && !isReason) return [notAChoice("loss_reason_id")];
  const isStage = status_id === undefined || (pipeline && findStage(account, pipeline.id, status_id));
  return isStage ? [] : [notAChoice("status_id")];
}

function change(call: Call, lead: Lead, wanted: Json) {
  const { state, account } = call;
  const pipeline_id = typeof wanted.pipeline_id === "number" ? wanted.pipeline_id : lead.pipeline_id;
  const stage = findStage(account, pipeline_id, wanted.status_id);
  const incoming = state.incomingOfLead.get(lead.id);
  const isIncoming = incoming?.outcome === "incoming";
  if (isIncoming) leaveIncoming(state, incoming, "touched", stage?.id ?? lead.status_id, call.act());
  const status_id = stage && wanted.status_id !== undefined ? stage.id : lead.status_id;
  const lossReasonId = typeof wanted.loss_reason_id === "number" ? wanted.loss_reason_id : undefined;
  moveToStage(state, lead, { pipeline_id, status_id }, call.act(), lossReasonId);
  if (wanted.name !== undefined) lead.name = String(wanted.name);
  if (typeof wanted.price === "number") lead.price = wanted.price;
  for (const values of toFieldValues(account.fields.leads, wanted.custom_fields_values)) {
    const others = lead.custom_fields_values.filter(({ field_id }) => field_id !== values.field_id);
    lead.custom_fields_values = [...others, values];
  }
  return { id: lead.id, updated_at: lead.updated_at, _links: selfLink(call, `leads/${lead.id}`) };
}

function findPresent({ state }: Call, id: number): Lead | undefined {
  const lead = state.leads.get(id);
  return lead?.is_deleted ? undefined : lead;
}
