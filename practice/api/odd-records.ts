import { isJson, type Json } from "../state/json.ts";
import type { Answer } from "./answer.ts";

/** Ids that no record of ours has. */
const ODD = [null, { id: 5, name: null, uid: null, metadata: [], rights: [], _embedded: [] }];
const NESTED = { statuses: { id: 6, name: null }, enums: { id: 7, value: null } };

/** A list with records in front that no document describes; lists within its records have one each, too. */
export function withOddRecords(answer: Answer): Answer {
  const { body } = answer;
  if (answer.status !== 200 || !isJson(body) || !isJson(body._embedded)) return answer;
  const lists = Object.entries(body._embedded).map(([name, list]) => [
    name,
    Array.isArray(list) ? [...ODD, ...list.map(withOddParts)] : list,
  ]);
  return { ...answer, body: { ...body, _embedded: Object.fromEntries(lists) } };
}

function withOddParts(record: unknown): unknown {
  if (!isJson(record)) return record;
  const { enums, _embedded } = record;
  return {
    ...record,
    ...(Array.isArray(enums) && { enums: [...enums, NESTED.enums] }),
    ...(isJson(_embedded) && { _embedded: withOddStages(_embedded) }),
  };
}

function withOddStages(embedded: Json): Json {
  const { statuses } = embedded;
  return Array.isArray(statuses) ? { ...embedded, statuses: [...statuses, NESTED.statuses] } : embedded;
}
