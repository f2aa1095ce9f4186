import { ACCOUNT_ID } from "../../state/account-parts.ts";
import type { Lead, LeadEvent } from "../../state/records.ts";
import { type Answer, type Call, many, selfLink } from "../answer.ts";
import { inRange, matches, type Query, takePage } from "../query.ts";

// docs/kommo-api.md §2.7
const MOST = 100;
const CREATION = /^(?:lead_added|custom_field_\d+_value_changed)$/;

type Event = Omit<LeadEvent, "type" | "listed_at"> & { type: string };

/**
 * What happened to each lead, deleted ones included: what was written down, and with which values it was made. Of those the
 * state keeps no history, so they are the present ones. docs/kommo-api.md §2.7
 */
export function listEvents(call: Call): Answer {
  const { query, switches } = call;
  const events = [...listCreations(call), ...listWritten(call)]
    .filter(({ type, entity_id, created_at }) => {
      const isOfLead = matches(query, "entity", "lead") && matches(query, "entity_id", entity_id);
      return isOfLead && matches(query, "type", type) && isInTime(query, created_at);
    })
    .sort((one, other) => one.created_at - other.created_at);
  const ordered = toOrder(events, switches.eventOrder);
  const listed = switches.eventsRepeated ? ordered.flatMap((event) => [event, event]) : ordered;
  const page = takePage(listed, query, MOST);
  return many(call, "events", { ...page, items: page.items.map((event) => toListed(call, event)) });
}

/** One time alone is the time from which they are asked for. */
function isInTime(query: Query, created_at: number): boolean {
  const since = query.get("filter.created_at")?.[0];
  return inRange(query, "created_at", created_at) && (since === undefined || created_at >= Number(since));
}

function listWritten({ state, now }: Call): Event[] {
  return state.events.filter(({ listed_at }) => listed_at <= now);
}

/** The values are many, and looked through only where they are asked for. */
function listCreations({ state, query, switches }: Call): Event[] {
  const types = query.get("filter.type");
  if (types && !types.some((type) => CREATION.test(type))) return [];
  return [...state.leads.values()].flatMap((lead) => toCreation(lead, switches.createdValuesTold));
}

function toCreation({ id, created_at, custom_fields_values }: Lead, isTold: boolean): Event[] {
  const toEvent = (type: string, value_after: Event["value_after"]): Event => {
    const event = { id: `${id}-${type}`, type, entity_id: id, created_by: 0, created_at };
    return { ...event, value_after, value_before: [] };
  };
  const told = isTold ? custom_fields_values : [];
  return [
    toEvent("lead_added", []),
    ...told.map(({ field_id, values }) =>
      toEvent(
        `custom_field_${field_id}_value_changed`,
        values.map(({ value, enum_id = null }) => ({
          custom_field_value: { field_id, field_type: 1, enum_id, text: String(value) },
        })),
      ),
    ),
  ];
}

function toOrder(events: Event[], order: Call["switches"]["eventOrder"]): Event[] {
  if (order === "oldest") return events;
  if (order === "newest") return events.toReversed();
  // The same for each page: every second one first.
  return [...events.filter((_, index) => index % 2 === 1), ...events.filter((_, index) => index % 2 === 0)];
}

function toListed(call: Call, event: Event) {
  const { id, type, entity_id, created_by, created_at, value_after, value_before } = event;
  return {
    ...{ id, type, entity_id, entity_type: "lead", created_by, created_at, value_after, value_before },
    account_id: ACCOUNT_ID,
    _embedded: { entity: { id: entity_id, _links: selfLink(call, `leads/${entity_id}`) } },
  };
}
