import type { Poison } from "../../faults/poison.ts";
import type { Pipeline } from "../../state/account-parts.ts";
import { isJson, toList } from "../../state/json.ts";
import { type Answer, type Call, invalid, problem } from "../answer.ts";
import { type FieldError, invalidAt, join, missing, notAChoice } from "../checks.ts";
import { findTarget } from "./find-target.ts";
import { itemCheck, REQUIRED } from "./item-shape.ts";

const MAX_ITEMS = 250;

/** The answer to a body that is no list of items at all, or undefined. docs/kommo-api.md §1.3 */
export function refuseBody(body: unknown): Answer | undefined {
  if (isJson(body) && Object.keys(body).length > 0) return refuseWrapped(body);
  if (!Array.isArray(body) || body.length === 0) return problem(400, "Request data can not be empty");
  return body.length > MAX_ITEMS ? problem(422, `Limit ${MAX_ITEMS} per page`) : undefined;
}

/** What is wrong with each failing item, by its index in the batch. docs/kommo-api.md §1.3 */
export function checkItems(call: Call, items: unknown[]): Map<number, FieldError[]> {
  const check = itemCheck(call);
  const checked = items.map((item, index): [number, FieldError[]] => [
    index,
    [...check(item, ""), ...checkTarget(call, item), ...checkPoison(call.poison, item)],
  ]);
  return new Map(checked.filter(([, errors]) => errors.length > 0));
}

/** The envelope, its paths and request ids as the switches say. docs/kommo-api.md §1.3, §14 */
export function refuseItems(
  { switches }: Call,
  items: unknown[],
  refused: Map<number, FieldError[]>,
): Answer {
  const { errorPaths, errorRequestIds } = switches;
  return invalid(
    [...refused].map(([index, errors]) => ({
      ...(errorRequestIds ? { request_id: toRequestId(items[index], index) } : {}),
      errors: errors.map(({ path, ...rest }) => ({
        code: rest.code,
        ...(errorPaths === "none"
          ? {}
          : { path: errorPaths === "indexed" ? join(String(index), path) : path }),
        detail: rest.detail,
      })),
    })),
  );
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

// An archived pipeline, or one without the incoming stage, cannot take the lead (docs/kommo-api.md §1.3).
function checkTarget({ account, switches }: Call, item: unknown): FieldError[] {
  if (!isJson(item)) return [];
  const { target, path } = findTarget(account, switches, item);
  if (!target) return account.pipelines.length === 0 ? [notAChoice(path)] : [];
  const isOpen = (pipeline: Pipeline) => pipeline.is_unsorted_on || switches.unsortedOff === "first-stage";
  return isOpen(target) && !target.is_archive ? [] : [notAChoice(path)];
}

export function checkPoison(poison: Poison | null, item: unknown): FieldError[] {
  if (!poison || (poison.effect ?? "refused") !== "refused" || !isPoisoned(poison, item)) return [];
  return [invalidAt(poison.code ?? "NotSupportedChoice", poison.path ?? "_embedded.leads.0.name")];
}

export function isPoisoned({ marker, matches }: Poison, item: unknown): boolean {
  if (matches?.(item)) return true;
  if (!marker || !isJson(item) || !isJson(item._embedded)) return false;
  const { leads, contacts } = item._embedded;
  // What /leads/complex takes is the lead itself.
  return [item, ...toList(leads), ...toList(contacts)].some((part) => String(part.name).includes(marker));
}
