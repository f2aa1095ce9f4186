import { isJson, toList } from "../../state/json.ts";
import { type Answer, type Call, problem } from "../answer.ts";
import {
  anything,
  type Check,
  type FieldError,
  invalidAt,
  join,
  list,
  shape,
  text,
  textOrNumber,
} from "../checks.ts";
import { checkPoison } from "../incoming/check-items.ts";
import { companyCheck, contactCheck, leadKeys, metadataKeys } from "../incoming/item-shape.ts";

const MAX_ITEMS = 50;
const MAX_VALUES = 40;
const CATEGORIES = ["forms", "sip"];

/** The answer to a body that is no list of leads at all, or undefined. docs/kommo-api.md §5.4 */
export function refuseComplexBody(body: unknown): Answer | undefined {
  if (!Array.isArray(body) || body.length === 0) return problem(400, "Request data can not be empty");
  return body.length > MAX_ITEMS ? problem(422, `Limit ${MAX_ITEMS} per page`) : undefined;
}

/** What is wrong with each failing lead, by its index. Paths are relative to the lead. docs/kommo-api.md §1.3, §5.4 */
export function checkComplexLeads(call: Call, leads: unknown[]): Map<number, FieldError[]> {
  const check = complexCheck(call);
  const checked = leads.map((lead, index): [number, FieldError[]] => [
    index,
    [...check(lead, ""), ...checkValues(lead), ...checkPoison(call.poison, lead)],
  ]);
  return new Map(checked.filter(([, errors]) => errors.length > 0));
}

function complexCheck({ account, switches, state }: Call): Check {
  const { keys, required, others } = metadataKeys(switches);
  const category: Check = (value, path) =>
    typeof value === "string" && !CATEGORIES.includes(value)
      ? [invalidAt("NotSupportedChoice", path)]
      : text(value, path);
  const embedded = shape(
    {
      contacts: list(contactCheck(account, { ...switches, contactId: "linked" }, state), 1),
      companies: list(companyCheck(account, state), 1),
      metadata: shape({ ...keys, category }, [...required, "category"], others),
      source: anything,
      tags: anything,
    },
    [],
  );
  return shape({ ...leadKeys(account, state), request_id: textOrNumber, _embedded: embedded });
}

function checkValues(lead: unknown): FieldError[] {
  if (!isJson(lead)) return [];
  const embedded = isJson(lead._embedded) ? lead._embedded : {};
  const [contact] = toList(embedded.contacts);
  const counted: [string, unknown][] = [
    ["custom_fields_values", lead.custom_fields_values],
    [join(join("_embedded.contacts", 0), "custom_fields_values"), contact?.custom_fields_values],
  ];
  const detail = `This collection should contain ${MAX_VALUES} element or less.`;
  return counted
    .filter(([, values]) => countValues(values) > MAX_VALUES)
    .map(([path]) => ({ code: "TooMany", path, detail }));
}

function countValues(fields: unknown): number {
  return toList(fields).reduce((sum, { values }) => sum + toList(values).length, 0);
}
