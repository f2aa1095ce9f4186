import { isJson, type Json } from "../state/json.ts";
import type { Answer } from "./answer.ts";

/** The same answer with every id as a text of digits, as PHP writes them now and then. */
export function withTextIds(answer: Answer): Answer {
  return answer.status === 200 ? { ...answer, body: toTextIds(answer.body) } : answer;
}

function toTextIds(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(toTextIds);
  if (!isJson(part)) return part;
  return Object.fromEntries(Object.entries(part).map(toTextId)) satisfies Json;
}

function toTextId([key, value]: [string, unknown]): [string, unknown] {
  const isId = key === "id" || key === "field_id";
  return [key, isId && typeof value === "number" ? String(value) : toTextIds(value)];
}
