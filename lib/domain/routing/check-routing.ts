import { waysIn } from "@/lib/domain/lead/fields";
import { type Source, toOptionKey } from "@/lib/domain/mapping/schema";
import { toUserName } from "./route-leads";
import type { Hours, KnownUser, Pool, Routing, RoutingCheck, RoutingCheckCode, Rule } from "./schema";

/** What the rules are checked against, as it is now. */
export type Surroundings = {
  /** Undefined where Kommo does not list its users for our token. */
  users: KnownUser[] | undefined;
  refused: readonly number[];
  /** The sources of the form; empty where a source is typed freely. */
  sources: Source[];
  isFreeSource: boolean;
  /** The list fields of the form. */
  lists: { key: string; label: string; options: { id: number; value: string }[] }[];
  /** People of ours who can sign in. */
  authors: { id: string; name: string }[];
  /** Website forms. */
  forms: { id: string; name: string }[];
};

/**
 * What does not work in the rules. Errors keep them from being published. A warning tells what leads do meanwhile: whoever
 * is gone is passed over, and a condition that nothing fits any more fits no lead.
 */
export function checkRouting(routing: Routing, around: Surroundings): RoutingCheck[] {
  return [
    ...routing.rules.flatMap((rule, index) => checkRule(rule, index, routing, around)),
    ...routing.pools.flatMap((pool) => checkPool(pool, routing, around)),
    ...checkPeople(routing, around),
  ];
}

function checkRule(rule: Rule, index: number, routing: Routing, around: Surroundings): RoutingCheck[] {
  const { to, otherwise, when } = rule;
  const say = (code: RoutingCheckCode, severity: RoutingCheck["severity"], name = "") =>
    toCheck(rule.id, code, severity, { rule: rule.name, name });
  const target = to.kind === "pool" ? routing.pools.find(({ id }) => id === to.poolId) : undefined;
  const known = around.sources.flatMap(({ name, aliases }) => [name, ...aliases]).map(toOptionKey);
  const before = routing.rules.slice(0, index).find(takesAll);
  return [
    ...(rule.name === "" ? [say("name_empty", "error")] : []),
    ...(to.kind === "pool" && !target ? [say("pool_gone", "error")] : []),
    ...(to.kind === "user" ? checkUser(rule.id, rule.name, to.userId, routing, around) : []),
    ...(otherwise.kind === "user" ? checkUser(rule.id, rule.name, otherwise.userId, routing, around) : []),
    ...when.sources
      .filter((source) => !around.isFreeSource && !known.includes(toOptionKey(source)))
      .map((source) => say("source_gone", "warning", source)),
    ...when.options.flatMap(({ key, ids }) => {
      const list = around.lists.find((field) => field.key === key);
      const isGone = ids.some((id) => !list?.options.some((option) => option.id === id));
      return isGone ? [say("option_gone", "warning", list?.label ?? key)] : [];
    }),
    ...(when.authors.some((id) => ![...around.authors, ...around.forms].some((one) => one.id === id))
      ? [say("author_gone", "warning")]
      : []),
    ...(listForms(when).some((id) => !around.forms.some((form) => form.id === id))
      ? [say("form_gone", "warning")]
      : []),
    ...(isEmpty(when.hours) ? [say("hours_empty", "error")] : []),
    ...(before ? [say("never_reached", "warning", before.name)] : []),
  ];
}

/** Of the ways in which leads come those that are single website forms. */
function listForms({ through }: Rule["when"]): string[] {
  return through.filter((way) => !waysIn.some((known) => known === way));
}

/** A rule without conditions that never hands on. */
function takesAll({ when, to, otherwise }: Rule): boolean {
  const isAny =
    [...[when.sources, when.authors, when.countries, when.options], ...[when.through, when.languages]].every(
      ({ length }) => length === 0,
    ) &&
    Object.values(when.utm).every((words) => words.length === 0) &&
    when.hours === null;
  return isAny && (to.kind === "nobody" || otherwise.kind !== "next");
}

function checkPool(pool: Pool, routing: Routing, around: Surroundings): RoutingCheck[] {
  const say = (code: RoutingCheckCode, values: RoutingCheck["values"]) =>
    toCheck(pool.id, code, "error", { pool: pool.name, ...values });
  const sum = pool.members.reduce((all, { share }) => all + share, 0);
  return [
    ...(pool.name === "" ? [say("name_empty", {})] : []),
    ...(pool.members.length === 0 ? [say("pool_empty", {})] : []),
    ...(pool.members.length > 0 && pool.way === "shares" && sum !== 100
      ? [say("shares_not_100", { sum })]
      : []),
    ...pool.members.flatMap(({ userId }) => checkUser(pool.id, pool.name, userId, routing, around)),
  ];
}

function checkUser(
  place: string,
  where: string,
  userId: number,
  routing: Routing,
  { users, refused }: Surroundings,
): RoutingCheck[] {
  const user = users?.find(({ id }) => id === userId);
  const values = { rule: where, name: toUserName(userId, users, routing) };
  if (users && !user) return [toCheck(place, "user_gone", "error", values)];
  if (user?.isActive === false) return [toCheck(place, "user_inactive", "warning", values)];
  return refused.includes(userId) ? [toCheck(place, "user_refused", "warning", values)] : [];
}

function checkPeople(routing: Routing, { users }: Surroundings): RoutingCheck[] {
  const toName = (userId: number) => toUserName(userId, users, routing);
  const ids = new Set(routing.pools.flatMap(({ members }) => members.map(({ userId }) => userId)));
  const toPools = (id: number) =>
    routing.pools.filter(({ members }) => members.some(({ userId }) => userId === id));
  const twice = [...ids].filter((id) => toPools(id).length > 1);
  return [
    ...twice.map((userId) =>
      toCheck("people", "in_two_pools", "warning", {
        name: toName(userId),
        pools: toPools(userId)
          .map(({ name }) => name)
          .join(", "),
      }),
    ),
    ...routing.people
      .filter(({ hours }) => isEmpty(hours))
      .map(({ userId }) => toCheck("people", "hours_empty", "error", { rule: toName(userId) })),
    ...routing.people
      .filter(({ daysOff }) => daysOff.some(({ from, to }) => from > to))
      .map(({ userId }) => toCheck("people", "days_off_turned", "error", { name: toName(userId) })),
  ];
}

function isEmpty(hours: Hours | null): boolean {
  return hours?.days.length === 0;
}

function toCheck(
  place: string,
  code: RoutingCheckCode,
  severity: RoutingCheck["severity"],
  values: RoutingCheck["values"],
): RoutingCheck {
  return { place, code, severity, values };
}
