import "server-only";
import type { z } from "zod";
import type { Entity, Skipped } from "@/lib/domain/mapping/catalogue";
import { AppError } from "@/lib/errors";
import { parseRecords, type SkippedRecord } from "./parse-records";
import { isForbidden } from "./problem";
import { type ReadOptions, readPage } from "./read-page";
import {
  accountAnswerSchema,
  fieldRecordSchema,
  groupSchema,
  optionRecordSchema,
  PAGE,
  pipelineRecordSchema,
  requiredSchema,
  stageRecordSchema,
  tagSchema,
  toPageSchema,
  userSchema,
} from "./schema";

const MAX_PAGES = 100;
const INCOMING = 1;
const WON = 142;
const LOST = 143;

/** All custom fields of the entity, from all pages, and how many Kommo says there are (docs/kommo-api.md §4). */
export async function listFields(entity: Entity, options: ReadOptions) {
  const { list, total } = await listPages(`/${entity}/custom_fields`, "custom_fields", options);
  const { records, skipped } = parseRecords(fieldRecordSchema, list);
  const parsed = records.map((record) => toField(entity, record));
  return {
    total: total ?? list.length,
    fields: parsed.map(({ field }) => field),
    skipped: [...toSkipped("field", skipped, entity), ...parsed.flatMap((field) => field.skipped)],
  };
}

/**
 * All pipelines with their stages; `takesIncoming` needs the stage of type 1, and it switched on (docs/kommo-api.md §3).
 * Where a stage is not understood, that may have been the one.
 */
export async function listPipelines(options: ReadOptions) {
  const { list } = await readPage("/leads/pipelines", toPageSchema("pipelines"), options);
  const { records, skipped } = parseRecords(pipelineRecordSchema, list);
  const parsed = records.map(toPipeline);
  return {
    pipelines: parsed.map(({ pipeline }) => pipeline),
    skipped: [...toSkipped("pipeline", skipped), ...parsed.flatMap((pipeline) => pipeline.skipped)],
  };
}

/** The people of the account; only an admin's token may ask, others are told `refused` (docs/kommo-api.md §6). */
export async function listUsers(options: ReadOptions) {
  try {
    const { list } = await listPages("/users?with=group", "users", options);
    const { records, skipped } = parseRecords(userSchema, list);
    const users = records.map(({ id, name, email, rights, _embedded }) => ({
      id,
      name,
      email: email ?? "",
      isAdmin: rights?.is_admin ?? false,
      isActive: rights?.is_active ?? true,
      group: parseRecords(groupSchema, _embedded?.groups).records[0]?.name ?? null,
    }));
    return { users, skipped: toSkipped("user", skipped) };
  } catch (error) {
    if (!(error instanceof AppError) || !isForbidden(error)) throw error;
    return { users: { refused: true as const }, skipped: [] };
  }
}

/** The tags of leads (docs/kommo-api.md §6). */
export async function listTags(options: ReadOptions) {
  const { list } = await listPages("/leads/tags", "tags", options);
  const { records, skipped } = parseRecords(tagSchema, list);
  const tags = records.map(({ id, name, color }) => ({ id, name, color: color ?? null }));
  return { tags, skipped: toSkipped("tag", skipped) };
}

/** The account behind the token. Throws as callKommo does: a token that opens nothing has no account. */
export async function getAccount(options: ReadOptions) {
  const account = await readPage("/account?with=datetime_settings", accountAnswerSchema, options);
  return {
    id: account.id,
    name: account.name ?? "",
    subdomain: account.subdomain ?? "",
    currency: account.currency ?? null,
    timeZone: account._embedded?.datetime_settings?.timezone ?? null,
  };
}

/** The statuses in which a lead is still incoming: type 1, one in each pipeline (docs/kommo-api.md §3). */
export async function listIncomingStatusIds(options: ReadOptions): Promise<number[]> {
  const { pipelines } = await listPipelines(options);
  return pipelines.flatMap(({ stages }) =>
    stages.filter(({ kind }) => kind === "incoming").map(({ id }) => id),
  );
}

/** Pages are asked for by number, whatever address the link to the next one names: the token stays with the account's host. */
async function listPages(path: string, listName: string, options: ReadOptions) {
  const schema = toPageSchema(listName);
  const list: unknown[] = [];
  let total: number | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await readPage(
      `${path}${path.includes("?") ? "&" : "?"}limit=${PAGE}&page=${page}`,
      schema,
      options,
    );
    list.push(...answer.list);
    total ??= answer.total;
    if (!answer.hasNext) break;
  }
  return { list, total };
}

function toField(entity: Entity, record: z.output<typeof fieldRecordSchema>) {
  const { id } = record;
  const options = parseRecords(optionRecordSchema, record.enums);
  const required = parseRecords(requiredSchema, record.required_statuses).records;
  const field = {
    id,
    entity,
    name: record.name ?? String(id),
    type: record.type,
    code: record.code ?? null,
    group: record.group_id ?? null,
    isApiOnly: record.is_api_only ?? false,
    isComputed: record.is_computed ?? false,
    requiredIn: required.map(({ pipeline_id, status_id }) => ({
      pipelineId: pipeline_id,
      stageId: status_id,
    })),
    options: options.records.map(({ id, value, sort, code }) => ({
      id,
      value,
      sort: sort ?? 0,
      code: code ?? null,
    })),
  };
  return { field, skipped: toSkipped("option", options.skipped, entity, id) };
}

function toPipeline({ id, _embedded, ...record }: z.output<typeof pipelineRecordSchema>) {
  const { records, skipped } = parseRecords(stageRecordSchema, _embedded?.statuses);
  const isWhole = Array.isArray(_embedded?.statuses) && skipped.length === 0;
  const pipeline = {
    id,
    name: record.name ?? String(id),
    sort: record.sort ?? 0,
    isMain: record.is_main ?? false,
    isArchived: record.is_archive ?? false,
    takesIncoming:
      (record.is_unsorted_on ?? true) && (!isWhole || records.some(({ type }) => type === INCOMING)),
    stages: records.map((stage) => ({
      id: stage.id,
      name: stage.name ?? String(stage.id),
      sort: stage.sort ?? 0,
      color: stage.color ?? "",
      kind: toStageKind(stage),
    })),
  };
  return { pipeline, skipped: toSkipped("stage", skipped, null, id) };
}

function toStageKind({ id, type }: { id: number; type: number }) {
  if (type === INCOMING) return "incoming" as const;
  if (id === WON) return "won" as const;
  return id === LOST ? ("lost" as const) : ("open" as const);
}

function toSkipped(
  kind: Skipped["kind"],
  skipped: SkippedRecord[],
  entity: Entity | null = null,
  parentId: number | null = null,
): Skipped[] {
  return skipped.map(({ id }) => ({ kind, id, entity, parentId }));
}
