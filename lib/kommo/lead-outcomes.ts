import "server-only";
import type { z } from "zod";
import type { LeadReading } from "@/lib/domain/outcome/apply-reading";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { filtersSchema, leadOutcomeSchema, lossReasonSchema, PAGE, toPageSchema } from "./schema";

/** As many ids as stand in one address. */
export const READ_AT_ONCE = 50;

/**
 * What one answer says of these leads. `isFiltered`: false where Kommo has ignored the filter. `isSure`: false then, and where a
 * record was not understood, so that a lead which is not in the answer may be there all the same (docs/kommo-api.md §5.5).
 */
export type Readings = { found: Map<number, LeadReading>; isFiltered: boolean; isSure: boolean };

/** At most READ_AT_ONCE leads by their ids, in one request (docs/kommo-api.md §5.3). Throws as callKommo does. */
export async function readLeadsById(ids: readonly number[], options: CallOptions): Promise<Readings> {
  return readList(ids, "with=loss_reason", options);
}

/** Which of at most READ_AT_ONCE leads lie in the trash; the last deleted come first where the filter is ignored. */
export async function readTrashById(ids: readonly number[], options: CallOptions): Promise<Readings> {
  return readList(ids, "with=only_deleted&order[updated_at]=desc", options);
}

/** One lead by its address, which needs no filter. */
export async function readLeadAlone(id: number, options: CallOptions): Promise<Readings> {
  const path = `/leads/${id}?with=loss_reason`;
  const answer = await callKommo({ method: "GET", path }, leadOutcomeSchema.nullable(), options);
  const found = new Map(answer && answer.id === id ? [[id, toReading(answer)] as const] : []);
  const isSure = answer === null || answer.id === id;
  return { found, isFiltered: true, isSure };
}

/** Whether the account's filters work; undefined where it does not say (docs/kommo-api.md §5.5). */
export async function readFilterAddOn(options: CallOptions): Promise<boolean | undefined> {
  const path = "/account?with=is_api_filter_enabled";
  const { is_api_filter_enabled } = await callKommo({ method: "GET", path }, filtersSchema, options);
  return is_api_filter_enabled ?? undefined;
}

async function readList(ids: readonly number[], query: string, options: CallOptions): Promise<Readings> {
  const filter = ids.map((id) => `filter[id][]=${id}`).join("&");
  const path = `/leads?${query}&${filter}&limit=${PAGE}&page=1`;
  const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("leads"), options);
  const { records, skipped } = parseRecords(leadOutcomeSchema, list);
  const asked = new Set(ids);
  const found = records.filter(({ id }) => asked.has(id));
  const isFiltered = found.length === records.length;
  return {
    found: new Map(found.map((record) => [record.id, toReading(record)])),
    isFiltered,
    isSure: isFiltered && skipped.length === 0 && !hasNext,
  };
}

function toReading(lead: z.output<typeof leadOutcomeSchema>): LeadReading {
  const { status_id, pipeline_id, updated_at, closed_at, _embedded } = lead;
  const [reason] = parseRecords(lossReasonSchema, _embedded?.loss_reason).records;
  return {
    stage: status_id && pipeline_id ? { pipelineId: pipeline_id, stageId: status_id } : null,
    updatedAt: updated_at ? updated_at * 1000 : null,
    closedAt: closed_at ? closed_at * 1000 : null,
    lossReason: reason?.name ?? null,
  };
}
