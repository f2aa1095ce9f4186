import { account, datetimeSettings, type Entity, fields, pipelines, users } from "./account.ts";
import { type Answer, type Call, many, problem, selfLink } from "./answer.ts";
import { filterBy, listWith, takePage } from "./query.ts";

/** kommo-api.md §6 */
export function getAccount(call: Call): Answer {
  const wantsTimes = listWith(call.query).includes("datetime_settings");
  const _embedded = wantsTimes ? { _embedded: { datetime_settings: datetimeSettings } } : {};
  return { status: 200, body: { ...account, _links: selfLink(call, "account"), ..._embedded } };
}

export function listUsers(call: Call): Answer {
  const page = takePage(users, call.query);
  return many(call, "users", { ...page, items: page.items.map((user) => toUser(call, user)) }, true);
}

export function getUser(call: Call): Answer {
  const user = users.find(({ id }) => String(id) === call.id);
  return user ? { status: 200, body: toUser(call, user) } : problem(404, "Not Found");
}

/** Always the whole list: page and limit are ignored here. kommo-api.md §3 */
export function listPipelines(call: Call): Answer {
  return {
    status: 200,
    body: {
      _total_items: pipelines.length,
      _links: { self: { href: call.url.href } },
      _embedded: { pipelines: pipelines.map((pipeline) => toPipeline(call, pipeline)) },
    },
  };
}

export function getPipeline(call: Call): Answer {
  const pipeline = pipelines.find(({ id }) => String(id) === call.id);
  return pipeline ? { status: 200, body: toPipeline(call, pipeline) } : problem(404, "Not Found");
}

/** kommo-api.md §4 */
export function listFields(entity: Entity) {
  return (call: Call): Answer => {
    const page = takePage(
      filterBy(fields[entity], call.query, "type", ({ type }) => type),
      call.query,
    );
    const items = page.items.map((field) => toField(call, field));
    return many(call, "custom_fields", { ...page, items }, true);
  };
}

export function getField(entity: Entity) {
  return (call: Call): Answer => {
    const field = fields[entity].find(({ id }) => String(id) === call.id);
    return field ? { status: 200, body: toField(call, field) } : problem(404, "Not Found");
  };
}

function toField(call: Call, field: (typeof fields)["leads"][number]) {
  return { ...field, _links: selfLink(call, `${field.entity_type}/custom_fields/${field.id}`) };
}

function toPipeline(call: Call, { statuses, ...pipeline }: (typeof pipelines)[number]) {
  const path = `leads/pipelines/${pipeline.id}`;
  return {
    ...pipeline,
    _links: selfLink(call, path),
    _embedded: {
      statuses: statuses.map((status) => ({
        ...status,
        _links: selfLink(call, `${path}/statuses/${status.id}`),
      })),
    },
  };
}

function toUser(call: Call, user: (typeof users)[number]) {
  return { ...user, _links: selfLink(call, `users/${user.id}`), _embedded: { roles: [], groups: [] } };
}
