import { datetimeSettings } from "../../state/account.ts";
import type { Entity, Field, Pipeline, Stage, User } from "../../state/account-parts.ts";
import { type Answer, type Call, many, problem, selfLink } from "../answer.ts";
import { listWith, matches, takePage } from "../query.ts";

/** docs/kommo-api.md §6 */
export function getAccount(call: Call): Answer {
  const wantsTimes = listWith(call.query).includes("datetime_settings");
  const _embedded = wantsTimes ? { _embedded: { datetime_settings: datetimeSettings } } : {};
  const wantsFilters = listWith(call.query).includes("is_api_filter_enabled");
  const filters = wantsFilters ? { is_api_filter_enabled: call.switches.filters } : {};
  const about = { ...call.account.about, ...filters, _links: selfLink(call, "account") };
  return { status: 200, body: { ...about, ..._embedded } };
}

/** docs/kommo-api.md §6 */
export function listLossReasons(call: Call): Answer {
  return many(call, "loss_reasons", takePage(call.account.lossReasons, call.query));
}

/** Only for an admin's token. docs/kommo-api.md §6 */
export function listUsers(call: Call): Answer {
  if (!call.switches.tokenIsAdmin) return problem(403, "Forbidden");
  const page = takePage(call.account.users, call.query);
  return many(call, "users", { ...page, items: page.items.map((user) => toUser(call, user)) }, true);
}

export function getUser(call: Call): Answer {
  if (!call.switches.tokenIsAdmin) return problem(403, "Forbidden");
  const user = call.account.users.find(({ id }) => String(id) === call.id);
  return user ? { status: 200, body: toUser(call, user) } : problem(404, "Not Found");
}

/** Always the whole list: page and limit are ignored here. docs/kommo-api.md §3 */
export function listPipelines(call: Call): Answer {
  const pipelines = call.account.pipelines.map((pipeline) => toPipeline(call, pipeline));
  return whole(call, "pipelines", pipelines);
}

export function getPipeline(call: Call): Answer {
  const pipeline = findPipeline(call);
  return pipeline ? { status: 200, body: toPipeline(call, pipeline) } : problem(404, "Not Found");
}

export function listStages(call: Call): Answer {
  const pipeline = findPipeline(call);
  if (!pipeline) return problem(404, "Not Found");
  const stages = pipeline.statuses.map((stage) => toStage(call, stage));
  return whole(call, "statuses", stages);
}

/**
 * The won and the lost stage have the same ids everywhere: the pair with the pipeline names one.
 * docs/kommo-api.md §3
 */
export function getStage(call: Call): Answer {
  const stage = findPipeline(call)?.statuses.find(({ id }) => String(id) === call.subId);
  return stage ? { status: 200, body: toStage(call, stage) } : problem(404, "Not Found");
}

/** docs/kommo-api.md §4 */
export function listFields(entity: Entity) {
  return (call: Call): Answer => {
    const found = call.account.fields[entity].filter(({ type }) => matches(call.query, "type", type));
    const page = takePage(found, call.query);
    const items = page.items.map((field) => toField(call, field));
    return many(call, "custom_fields", { ...page, items }, true);
  };
}

export function getField(entity: Entity) {
  return (call: Call): Answer => {
    const field = call.account.fields[entity].find(({ id }) => String(id) === call.id);
    return field ? { status: 200, body: toField(call, field) } : problem(404, "Not Found");
  };
}

function whole(call: Call, name: string, records: object[]): Answer {
  const _links = { self: { href: call.url.href } };
  return { status: 200, body: { _total_items: records.length, _links, _embedded: { [name]: records } } };
}

function findPipeline(call: Call): Pipeline | undefined {
  return call.account.pipelines.find(({ id }) => String(id) === call.id);
}

function toField(call: Call, field: Field) {
  return { ...field, _links: selfLink(call, `${field.entity_type}/custom_fields/${field.id}`) };
}

function toPipeline(call: Call, { statuses, ...pipeline }: Pipeline) {
  return {
    ...pipeline,
    _links: selfLink(call, `leads/pipelines/${pipeline.id}`),
    _embedded: { statuses: statuses.map((stage) => toStage(call, stage)) },
  };
}

function toStage(call: Call, stage: Stage) {
  return { ...stage, _links: selfLink(call, `leads/pipelines/${stage.pipeline_id}/statuses/${stage.id}`) };
}

function toUser(call: Call, { group, ...user }: User) {
  const groups = listWith(call.query).includes("group") ? [group] : [];
  return { ...user, _links: selfLink(call, `users/${user.id}`), _embedded: { roles: [], groups } };
}
