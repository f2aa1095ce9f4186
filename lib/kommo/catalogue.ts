import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CallOptions, callKommo } from "./client";
import {
  accountAnswerSchema,
  fieldsPageSchema,
  pipelinesSchema,
  tagsPageSchema,
  usersPageSchema,
} from "./schema";

const PAGE = 250;
const MAX_PAGES = 100;
const INCOMING = 1;
const WON = 142;
const LOST = 143;

type Entity = "leads" | "contacts" | "companies";

/** All custom fields of the entity, from all pages, and how many Kommo says there are (docs/kommo-api.md §4). */
export async function listFields(entity: Entity, options: CallOptions) {
  const pages = await listPages(`/${entity}/custom_fields?limit=${PAGE}`, fieldsPageSchema, options);
  const fields = pages.flatMap((page) => page?._embedded.custom_fields ?? []);
  const total = pages[0]?._total_items ?? fields.length;
  return { total, fields: fields.map((field) => toField(entity, field)) };
}

/**
 * All pipelines with their stages; `takesIncoming` needs the stage of type 1, and it switched on
 * (docs/kommo-api.md §3).
 */
export async function listPipelines(options: CallOptions) {
  const answer = await callKommo({ method: "GET", path: "/leads/pipelines" }, pipelinesSchema, options);
  return answer._embedded.pipelines.map(({ id, name, _embedded, ...pipeline }) => ({
    id,
    name,
    sort: pipeline.sort ?? 0,
    isMain: pipeline.is_main,
    isArchived: pipeline.is_archive ?? false,
    takesIncoming:
      (pipeline.is_unsorted_on ?? true) && _embedded.statuses.some(({ type }) => type === INCOMING),
    stages: _embedded.statuses.map((stage) => ({
      id: stage.id,
      name: stage.name,
      sort: stage.sort ?? 0,
      color: stage.color ?? "",
      kind: toStageKind(stage),
    })),
  }));
}

/** The people of the account; only an admin's token may ask (docs/kommo-api.md §6). */
export async function listUsers(options: CallOptions) {
  try {
    const pages = await listPages(`/users?limit=${PAGE}`, usersPageSchema, options);
    return pages
      .flatMap((page) => page?._embedded.users ?? [])
      .map(({ id, name, email, rights }) => ({
        id,
        name,
        email: email ?? "",
        isAdmin: rights?.is_admin ?? false,
        isActive: rights?.is_active ?? true,
      }));
  } catch (error) {
    if (error instanceof AppError && error.code === "blocked") return { refused: true as const };
    throw error;
  }
}

export async function listTags(options: CallOptions) {
  const pages = await listPages(`/leads/tags?limit=${PAGE}`, tagsPageSchema, options);
  const tags = pages.flatMap((page) => page?._embedded.tags ?? []);
  return tags.map(({ id, name, color }) => ({ id, name, color: color ?? null }));
}

/** The account behind the token. Throws as callKommo does: a token that opens nothing has no account. */
export async function getAccount(options: CallOptions) {
  const path = "/account?with=datetime_settings";
  const account = await callKommo({ method: "GET", path }, accountAnswerSchema, options);
  return {
    id: account.id,
    name: account.name ?? "",
    subdomain: account.subdomain ?? "",
    currency: account.currency ?? null,
    timeZone: account._embedded?.datetime_settings?.timezone ?? null,
  };
}

/** The statuses in which a lead is still incoming: type 1, one in each pipeline (docs/kommo-api.md §3). */
export async function listIncomingStatusIds(options: CallOptions): Promise<number[]> {
  const pipelines = await listPipelines(options);
  return pipelines.flatMap(({ stages }) =>
    stages.filter(({ kind }) => kind === "incoming").map(({ id }) => id),
  );
}

type Page = { _links?: { next?: { href: string } } } | null;

async function listPages<S extends z.ZodType<Page>>(path: string, schema: S, options: CallOptions) {
  const pages: z.output<S>[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await callKommo({ method: "GET", path: `${path}&page=${page}` }, schema, options);
    pages.push(answer);
    if (!answer?._links?.next) break;
  }
  return pages;
}

type RawField = NonNullable<z.output<typeof fieldsPageSchema>>["_embedded"]["custom_fields"][number];

function toField(entity: Entity, field: RawField) {
  return {
    id: field.id,
    entity,
    name: field.name,
    type: field.type,
    code: field.code ?? null,
    group: field.group_id ?? null,
    isApiOnly: field.is_api_only ?? false,
    isComputed: field.is_computed ?? false,
    requiredIn: (field.required_statuses ?? []).map(({ pipeline_id, status_id }) => ({
      pipelineId: pipeline_id,
      stageId: status_id,
    })),
    options: (field.enums ?? []).map(({ id, value, sort, code }) => ({
      id,
      value,
      sort: sort ?? 0,
      code: code ?? null,
    })),
  };
}

function toStageKind({ id, type }: { id: number; type: number }) {
  if (type === INCOMING) return "incoming" as const;
  if (id === WON) return "won" as const;
  return id === LOST ? ("lost" as const) : ("open" as const);
}
