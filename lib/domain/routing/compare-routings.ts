import type { Routing, RoutingDifference, RoutingDifferenceCode } from "./schema";

/** The changes from one version of the rules to the next, as message keys with values. */
export function compareRoutings(
  before: Routing,
  after: Routing,
  toName: (userId: number) => string = String,
): RoutingDifference[] {
  return [
    ...compareNamed("rule", before.rules, after.rules),
    ...compareOrder(before, after),
    ...compareNamed("pool", before.pools, after.pools),
    ...comparePeople(before, after, toName),
  ];
}

type Named = { id: string; name: string };

function compareNamed(kind: "rule" | "pool", before: Named[], after: Named[]): RoutingDifference[] {
  const of = (list: Named[], id: string) => list.find((one) => one.id === id);
  return [
    ...after.flatMap((one) => {
      const was = of(before, one.id);
      if (!was) return [toDifference(`${kind}_added`, one)];
      return isSame(was, one) ? [] : [toDifference(`${kind}_changed`, one)];
    }),
    ...before.filter(({ id }) => !of(after, id)).map((one) => toDifference(`${kind}_removed`, one)),
  ];
}

function compareOrder(before: Routing, after: Routing): RoutingDifference[] {
  const toIds = (one: Routing, other: Routing) =>
    one.rules.map(({ id }) => id).filter((id) => other.rules.some((rule) => rule.id === id));
  const isMoved = !isSame(toIds(before, after), toIds(after, before));
  return isMoved ? [{ code: "rules_order", place: "rules", values: {} }] : [];
}

/** Who has no hours, no days off and no cap is as good as not there. */
function comparePeople(
  before: Routing,
  after: Routing,
  toName: (userId: number) => string,
): RoutingDifference[] {
  const ids = new Set([...before.people, ...after.people].map(({ userId }) => userId));
  const toFacts = ({ people }: Routing, id: number) => {
    const { hours = null, daysOff = [], cap = null } = people.find(({ userId }) => userId === id) ?? {};
    return [hours, daysOff, cap];
  };
  return [...ids]
    .filter((id) => !isSame(toFacts(before, id), toFacts(after, id)))
    .map((id) => ({ code: "person_changed", place: String(id), values: { name: toName(id) } }));
}

function toDifference(code: RoutingDifferenceCode, { id, name }: Named): RoutingDifference {
  return { code, place: id, values: { name } };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
