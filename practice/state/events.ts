import type { LeadEvent, State } from "./records.ts";

const MOST_KEPT = 50_000;

/** Who does something and when, how its events are told, and who hears of it. `by` is a user, 0 for a robot; `now` epoch ms. */
export type Act = { by: number; now: number; tells?: (type: LeadEvent["type"]) => Telling; hear?: Hear };

/** `lagMs`: how much later it is listed; undefined where it is never written. */
export type Telling = { lagMs: number } | undefined;

export type Hear = (event: LeadEvent) => void;

type Stage = { pipeline_id: number; status_id: number };

/** What happened to a lead, as GET /events tells it. docs/kommo-api.md §2.7 */
export function writeEvent(
  state: State,
  { by, now, tells = () => ({ lagMs: 0 }), hear }: Act,
  type: LeadEvent["type"],
  leadId: number,
  [value_before, value_after]: [LeadEvent["value_before"], LeadEvent["value_after"]] = [[], []],
): void {
  const event = {
    id: String(Number(state.events.at(-1)?.id ?? 0) + 1).padStart(26, "0"),
    type,
    entity_id: leadId,
    created_by: by,
    created_at: Math.floor(now / 1000),
    value_after,
    value_before,
  };
  const telling = tells(type);
  if (telling) state.events.push({ ...event, listed_at: now + telling.lagMs });
  if (state.events.length > MOST_KEPT) state.events.splice(0, state.events.length - MOST_KEPT);
  hear?.({ ...event, listed_at: now });
}

export function writeStageChange(state: State, act: Act, leadId: number, before: Stage, after: Stage): void {
  if (before.status_id === after.status_id && before.pipeline_id === after.pipeline_id) return;
  writeEvent(state, act, "lead_status_changed", leadId, [[toValue(before)], [toValue(after)]]);
}

function toValue({ pipeline_id, status_id }: Stage) {
  return { lead_status: { id: status_id, pipeline_id } };
}
