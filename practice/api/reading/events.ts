import { ACCOUNT_ID } from "../../state/account-parts.ts";
import type { Lead } from "../../state/records.ts";
import { type Answer, type Call, many, selfLink } from "../answer.ts";
import { inRange, matches, takePage } from "../query.ts";

/**
 * What became of each lead, deleted ones included: made, its fields given their values, deleted. The state keeps no history,
 * so the values are the present ones. docs/kommo-api.md §2.7
 */
export function listEvents(call: Call): Answer {
  const { query, state } = call;
  const events = [...state.leads.values()]
    .filter(({ id }) => matches(query, "entity", "lead") && matches(query, "entity_id", id))
    .flatMap((lead) => toEvents(call, lead))
    .filter(
      ({ type, created_at }) => matches(query, "type", type) && inRange(query, "created_at", created_at),
    );
  return many(call, "events", takePage(events.toReversed(), query, MOST));
}

// docs/kommo-api.md §2.7
const MOST = 100;

function toEvents(call: Call, lead: Lead) {
  const { id, created_at, updated_at, custom_fields_values } = lead;
  const told = call.switches.createdValuesTold ? custom_fields_values : [];
  const toEvent = (type: string, at: number, value_after: object[]) => ({
    id: `${id}-${type}`,
    type,
    entity_id: id,
    entity_type: "lead",
    created_by: 0,
    created_at: at,
    value_after,
    value_before: [],
    account_id: ACCOUNT_ID,
    _embedded: { entity: { id, _links: selfLink(call, `leads/${id}`) } },
  });
  return [
    toEvent("lead_added", created_at, []),
    ...told.map(({ field_id, values }) =>
      toEvent(
        `custom_field_${field_id}_value_changed`,
        created_at,
        values.map(({ value, enum_id = null }) => ({
          custom_field_value: { field_id, field_type: 1, enum_id, text: String(value) },
        })),
      ),
    ),
    ...(lead.is_deleted ? [toEvent("lead_deleted", updated_at, [])] : []),
  ];
}
