import "server-only";
import type { z } from "zod";
import type { LeadChange } from "@/lib/domain/outcome/apply-changes";
import type { StageId } from "@/lib/domain/outcome/stages";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { changeSchema, stageValueSchema, toPageSchema } from "./schema";

const PAGE_OF_EVENTS = 100;
const KINDS = {
  lead_status_changed: "moved",
  lead_deleted: "deleted",
  lead_restored: "restored",
} as const;

/** `leadId`: of Kommo. */
export type ChangeOfLead = { leadId: number; change: LeadChange };

/**
 * One page of what happened to leads since then (unix seconds), in no order that could be relied on. `newest` is of all
 * events on the page, in unix seconds. `isPast`: most of them are older, as Kommo has ignored the filters (docs/kommo-api.md §2.7,
 * §5.5); a single one may be odd. Throws as callKommo does.
 */
export async function listLeadChanges(since: number, page: number, options: CallOptions) {
  const types = Object.keys(KINDS).map((type) => `filter[type][]=${type}`);
  const filter = ["filter[entity]=lead", ...types, `filter[created_at][from]=${since}`].join("&");
  const path = `/events?${filter}&limit=${PAGE_OF_EVENTS}&page=${page}`;
  const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("events"), options);
  const { records } = parseRecords(changeSchema, list);
  const times = records.map(({ created_at }) => created_at);
  return {
    changes: records.flatMap(toChange),
    newest: times.length > 0 ? Math.max(...times) : undefined,
    isPast: times.filter((time) => time < since).length * 2 > times.length,
    isNewestFirst: (times[0] ?? 0) >= (times.at(-1) ?? 0),
    // A full page may have a next one, whatever its links say.
    hasNext: hasNext || list.length >= PAGE_OF_EVENTS,
  };
}

/** Nothing for what is no change of a lead's way, and for a move that does not say where to. */
function toChange(event: z.output<typeof changeSchema>): ChangeOfLead[] {
  const { id, type, entity_type, entity_id: leadId, created_by, created_at } = event;
  if (entity_type && entity_type !== "lead") return [];
  const base = { id, at: created_at * 1000, by: created_by || null };
  if (type === "lead_deleted" || type === "lead_restored")
    return [{ leadId, change: { ...base, kind: KINDS[type] } }];
  const to = toStage(event.value_after);
  if (type !== "lead_status_changed" || !to) return [];
  return [{ leadId, change: { ...base, kind: "moved", from: toStage(event.value_before), to } }];
}

function toStage(value: unknown): StageId | null {
  const [stage] = parseRecords(stageValueSchema, value).records;
  return stage ? { pipelineId: stage.lead_status.pipeline_id, stageId: stage.lead_status.id } : null;
}
