import "server-only";
import { type CallOptions, callKommo } from "./client";
import { accountSchema, fieldsPageSchema, type KommoField, pipelinesSchema } from "./schema";

const PAGE = 250;
const MAX_PAGES = 100;
const INCOMING = 1;

/** All custom fields of the entity, from all pages (kommo-api.md §4). */
export async function listFields(entity: "contacts" | "leads", options: CallOptions): Promise<KommoField[]> {
  const fields: KommoField[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/${entity}/custom_fields?limit=${PAGE}&page=${page}`;
    const answer = await callKommo({ method: "GET", path }, fieldsPageSchema, options);
    fields.push(...(answer?._embedded.custom_fields ?? []));
    if (!answer?._links?.next) break;
  }
  return fields;
}

/** The pipeline that takes leads when none is named (kommo-api.md §3: exactly one is main). */
export async function findMainPipelineId(options: CallOptions): Promise<number | undefined> {
  const answer = await callKommo({ method: "GET", path: "/leads/pipelines" }, pipelinesSchema, options);
  return answer._embedded.pipelines.find((pipeline) => pipeline.is_main)?.id;
}

/** The statuses in which a lead is still incoming: type 1, one in each pipeline (kommo-api.md §3). */
export async function listIncomingStatusIds(options: CallOptions): Promise<number[]> {
  const answer = await callKommo({ method: "GET", path: "/leads/pipelines" }, pipelinesSchema, options);
  return answer._embedded.pipelines.flatMap(({ _embedded }) =>
    _embedded.statuses.filter(({ type }) => type === INCOMING).map(({ id }) => id),
  );
}

/** Resolves when the token opens the account; throws as callKommo does. */
export async function probeAccount(options: CallOptions): Promise<void> {
  await callKommo({ method: "GET", path: "/account" }, accountSchema, options);
}
