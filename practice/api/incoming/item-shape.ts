import type { Switches } from "../../faults/switches.ts";
import type { Account } from "../../state/account.ts";
import { isJson } from "../../state/json.ts";
import type { State } from "../../state/records.ts";
import type { Call } from "../answer.ts";
import {
  anything,
  type Check,
  int,
  invalidAt,
  join,
  list,
  missing,
  oneOf,
  shape,
  text,
  textOrNumber,
  upTo,
} from "../checks.ts";
import { checkFieldValues } from "./check-fields.ts";

const LONGEST_NAME = 255;

export const REQUIRED = ["source_name", "source_uid", "metadata"];

/**
 * What Kommo looks at in one incoming lead; keys it does not know are ignored at the top and refused below.
 * docs/kommo-api.md §1.1
 */
export function itemCheck({ account, switches, state }: Call): Check {
  const embedded = shape(
    {
      leads: list(leadCheck(account, state), 1),
      contacts: list(contactCheck(account, switches, state), 1),
      companies: list(companyCheck(account, state), 1),
    },
    [],
    anything,
  );
  const keys = {
    request_id: textOrNumber,
    source_name: text,
    source_uid: text,
    pipeline_id: pipelineCheck(account),
    created_at: int,
    metadata: metadataCheck(switches),
    // PHP sends an empty array for an empty object.
    _embedded: ((value, path) =>
      Array.isArray(value) && value.length === 0 ? [] : embedded(value, path)) satisfies Check,
  };
  return shape(keys, REQUIRED, anything);
}

function metadataCheck(switches: Switches): Check {
  const { keys, required, others } = metadataKeys(switches);
  return shape(keys, required, others);
}

export function metadataKeys({ formPageRequired, unknownMetadataKey }: Switches) {
  return {
    keys: {
      form_id: textOrNumber,
      form_name: text,
      form_page: text,
      form_sent_at: int,
      ip: text,
      referer: text,
      visitor_uid: text,
      form_type: int,
    },
    required: ["form_id", "form_name", "form_sent_at", ...(formPageRequired ? ["form_page"] : [])],
    others: ((_, path) =>
      unknownMetadataKey === "ignored" ? [] : [invalidAt(unknownMetadataKey, path)]) satisfies Check,
  };
}

function leadCheck(account: Account, state: State): Check {
  return shape(leadKeys(account, state));
}

export function leadKeys(account: Account, state: State): Record<string, Check> {
  return {
    ...commonKeys(account, state, checkFieldValues(account.fields.leads)),
    price: int,
    status_id: oneOf((id) => account.pipelines.some(({ statuses }) => statuses.some((one) => one.id === id))),
    pipeline_id: pipelineCheck(account),
    closed_at: int,
    loss_reason_id: int,
    visitor_uid: text,
  };
}

export function contactCheck(account: Account, { contactId }: Switches, state: State): Check {
  return shape({
    ...commonKeys(account, state, checkFieldValues(account.fields.contacts)),
    ...(contactId === "refused" ? {} : { id: oneOf((id) => state.contacts.has(id)) }),
    first_name: textOrNumber,
    last_name: textOrNumber,
  });
}

export function companyCheck(account: Account, state: State): Check {
  const isKnown = oneOf((id) => state.companies.has(id));
  return shape({ ...commonKeys(account, state, checkFieldValues(account.fields.companies)), id: isKnown });
}

function pipelineCheck({ pipelines }: Account): Check {
  return oneOf((id) => pipelines.some((pipeline) => pipeline.id === id));
}

function commonKeys(account: Account, state: State, custom_fields_values: Check): Record<string, Check> {
  const userId = oneOf((id) => id === 0 || account.users.some((user) => user.id === id));
  const active = oneOf((id) => account.users.some((user) => user.id === id && user.rights.is_active));
  return {
    request_id: textOrNumber,
    name: upTo(LONGEST_NAME, textOrNumber),
    responsible_user_id: (value, path) => (value === 0 ? [] : active(value, path)),
    created_by: userId,
    updated_by: userId,
    created_at: int,
    updated_at: int,
    custom_fields_values,
    tags_to_add: tagsCheck(state),
    _embedded: shape({ tags: tagsCheck(state) }, [], anything),
  };
}

function tagsCheck(state: State): Check {
  const tag = shape({ id: oneOf((id) => state.tags.has(id)), name: textOrNumber, color: anything });
  const hasKey = (value: unknown) => isJson(value) && (value.id ?? value.name) !== undefined;
  return list((value, path) =>
    hasKey(value) || !isJson(value) ? tag(value, path) : [missing(join(path, "name"))],
  );
}
