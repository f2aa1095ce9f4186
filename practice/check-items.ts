import { fields, pipelines, users } from "./account.ts";
import { type Answer, invalid, problem, type RefusedItem } from "./answer.ts";
import {
  anything,
  type Check,
  int,
  isJson,
  join,
  list,
  missing,
  oneOf,
  shape,
  text,
  textOrNumber,
} from "./checks.ts";
import { checkFieldValues } from "./custom-fields.ts";
import type { State } from "./state.ts";

const MAX_ITEMS = 250;
const REQUIRED = ["source_name", "source_uid", "metadata"];

const metadata = shape(
  {
    form_id: textOrNumber,
    form_name: text,
    form_page: text,
    form_sent_at: int,
    ip: text,
    referer: text,
    visitor_uid: text,
    form_type: int,
  },
  ["form_id", "form_name", "form_sent_at"],
);

const pipelineId = oneOf(() => pipelines.map((pipeline) => pipeline.id));
const statusId = oneOf(() => pipelines.flatMap((pipeline) => pipeline.statuses.map((status) => status.id)));
const userId = oneOf(() => [0, ...users.map((user) => user.id)]);

/** The answer to a body Kommo refuses as a whole, or undefined when every item may be created. kommo-api.md §1.3 */
export function refuseItems(body: unknown, state: State): Answer | undefined {
  if (isJson(body) && Object.keys(body).length > 0) return refuseWrapped(body);
  if (!Array.isArray(body) || body.length === 0) return problem(400, "Request data can not be empty");
  if (body.length > MAX_ITEMS) return problem(422, `Limit ${MAX_ITEMS} per page`);

  const check = itemCheck(state);
  const refused = body
    .map((item, index): RefusedItem => ({ request_id: toRequestId(item, index), errors: check(item, "") }))
    .filter((item) => item.errors.length > 0);
  return refused.length > 0 ? invalid(refused) : undefined;
}

export function toRequestId(item: unknown, index: number): string {
  return String((isJson(item) ? item.request_id : undefined) ?? index);
}

// Kommo walks the keys of an object as if they were the items of an array.
function refuseWrapped(body: object): Answer {
  return invalid(
    Object.keys(body).map((key, index) => ({
      request_id: String(index),
      errors: REQUIRED.map((name) => missing(join(key, name))),
    })),
  );
}

function itemCheck(state: State): Check {
  const embedded = shape(
    {
      leads: list(leadCheck(state), 1),
      contacts: list(contactCheck(state), 1),
      companies: list(companyCheck(state), 1),
    },
    [],
    "ignored",
  );
  const keys = {
    request_id: textOrNumber,
    source_name: text,
    source_uid: text,
    pipeline_id: pipelineId,
    created_at: int,
    metadata,
    // PHP sends an empty array for an empty object.
    _embedded: ((value, path) =>
      Array.isArray(value) && value.length === 0 ? [] : embedded(value, path)) satisfies Check,
  };
  return shape(keys, REQUIRED, "ignored");
}

function leadCheck(state: State): Check {
  return shape({
    ...commonKeys(state, checkFieldValues(fields.leads)),
    price: int,
    status_id: statusId,
    pipeline_id: pipelineId,
    closed_at: int,
    loss_reason_id: int,
    visitor_uid: text,
  });
}

function contactCheck(state: State): Check {
  return shape({
    ...commonKeys(state, checkFieldValues(fields.contacts)),
    id: oneOf(() => state.contacts.map((contact) => contact.id)),
    first_name: textOrNumber,
    last_name: textOrNumber,
  });
}

function companyCheck(state: State): Check {
  return shape({ ...commonKeys(state, checkFieldValues(fields.companies)), id: int });
}

function commonKeys(state: State, custom_fields_values: Check): Record<string, Check> {
  return {
    request_id: textOrNumber,
    name: textOrNumber,
    responsible_user_id: userId,
    created_by: userId,
    updated_by: userId,
    created_at: int,
    updated_at: int,
    custom_fields_values,
    tags_to_add: tagsCheck(state),
    _embedded: shape({ tags: tagsCheck(state) }, [], "ignored"),
  };
}

function tagsCheck(state: State): Check {
  const tag = shape({
    id: oneOf(() => state.tags.map((known) => known.id)),
    name: textOrNumber,
    color: anything,
  });
  const hasKey = (value: unknown) => isJson(value) && (value.id ?? value.name) !== undefined;
  return list((value, path) =>
    hasKey(value) || !isJson(value) ? tag(value, path) : [missing(join(path, "name"))],
  );
}
