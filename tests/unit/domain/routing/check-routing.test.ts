import { expect, test } from "vitest";
import { checkRouting, type Surroundings } from "@/lib/domain/routing/check-routing";
import { compareRoutings } from "@/lib/domain/routing/compare-routings";
import {
  type Routing,
  type RoutingCheckCode,
  routingCheckCodes,
  routingSchema,
} from "@/lib/domain/routing/schema";
import {
  ANNA,
  AUTHOR,
  aMember,
  aPool,
  aRouting,
  aRule,
  BORIS,
  ILYA,
  PAVEL_WHO_LEFT,
  users,
} from "@/tests/support/routing";

const FORM = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f13";
const around: Surroundings = {
  users,
  refused: [],
  sources: [{ name: "Expo", value: "expo", aliases: ["выставка"] }],
  isFreeSource: false,
  lists: [{ key: "leads:5", label: "Course", options: [{ id: 7, value: "MBA" }] }],
  authors: [{ id: AUTHOR, name: "Ирина" }],
  forms: [{ id: FORM, name: "Landing page" }],
};
const whole = { pools: [aPool([ANNA, ILYA])] };

test("rules that work have nothing to say", () => {
  const when = {
    ...{ sources: ["выставка"], authors: [AUTHOR, FORM], through: ["form" as const, FORM] },
    options: [{ key: "leads:5", ids: [7] }],
  };

  expect(checkRouting(aRouting({ ...whole, rules: [aRule({ when }), aRule({ id: "b" })] }), around)).toEqual(
    [],
  );
});

const broken: [RoutingCheckCode, "error" | "warning", Partial<Routing>, Partial<Surroundings>?][] = [
  ["pool_empty", "error", { pools: [aPool([])] }],
  ["name_empty", "error", { ...whole, rules: [aRule({ name: "" })] }],
  ["name_empty", "error", { pools: [aPool([ANNA], { name: "" })] }],
  ["pool_gone", "error", {}],
  [
    "shares_not_100",
    "error",
    {
      pools: [
        aPool(
          [
            { userId: ANNA, share: 60 },
            { userId: ILYA, share: 30 },
          ],
          { way: "shares" },
        ),
      ],
    },
  ],
  ["user_gone", "error", { rules: [aRule({ to: { kind: "user", userId: 1 } })] }],
  ["user_gone", "error", { rules: [aRule({ otherwise: { kind: "user", userId: 1 } })], ...whole }],
  ["user_gone", "error", { pools: [aPool([1])] }],
  ["user_inactive", "warning", { pools: [aPool([ANNA, PAVEL_WHO_LEFT])] }],
  ["user_refused", "warning", whole, { refused: [ANNA] }],
  ["source_gone", "warning", { ...whole, rules: [aRule({ when: { sources: ["Fair"] } })] }],
  [
    "option_gone",
    "warning",
    { ...whole, rules: [aRule({ when: { options: [{ key: "leads:5", ids: [9] }] } })] },
  ],
  [
    "author_gone",
    "warning",
    { ...whole, rules: [aRule({ when: { authors: ["0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f12"] } })] },
  ],
  [
    "form_gone",
    "warning",
    { ...whole, rules: [aRule({ when: { through: ["0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f12"] } })] },
  ],
  [
    "hours_empty",
    "error",
    { ...whole, rules: [aRule({ when: { hours: { days: [], from: "09:00", to: "18:00" } } })] },
  ],
  [
    "hours_empty",
    "error",
    { ...whole, people: [aMember(ANNA, { hours: { days: [], from: "09:00", to: "18:00" } })] },
  ],
  [
    "days_off_turned",
    "error",
    { ...whole, people: [aMember(ANNA, { daysOff: [{ from: "2026-12-05", to: "2026-12-01" }] })] },
  ],
  ["in_two_pools", "warning", { pools: [aPool([ANNA, BORIS]), aPool([ANNA], { id: "other" })] }],
  [
    "never_reached",
    "warning",
    { ...whole, rules: [aRule({ otherwise: { kind: "nobody" } }), aRule({ id: "b" })] },
  ],
];

test.each(broken)("%s is told as an %s", (code, severity, routing, more = {}) => {
  const checks = checkRouting(aRouting(routing), { ...around, ...more });

  expect(checks).toEqual([expect.objectContaining({ code, severity })]);
});

test("every check has its case here", () => {
  expect(new Set(broken.map(([code]) => code))).toEqual(new Set(routingCheckCodes));
});

test("a list of users that may not be read checks nobody", () => {
  expect(checkRouting(aRouting({ pools: [aPool([1, 2])] }), { ...around, users: undefined })).toEqual([]);
});

test("two versions differ by rules, their order, pools and people", () => {
  const [one, two] = [aRule({ id: "one", name: "One" }), aRule({ id: "two", name: "Two" })];
  const before = aRouting({ rules: [one, two, aRule({ id: "old", name: "Old" })], ...whole });
  const after = aRouting({
    rules: [{ ...two, tags: ["hot"] }, one, aRule({ id: "new", name: "New" })],
    pools: [aPool([ANNA]), aPool([BORIS], { id: "expo", name: "Expo" })],
    people: [aMember(ANNA, { cap: 5 }), aMember(BORIS)],
  });

  expect(compareRoutings(before, after, (id) => `user ${id}`)).toEqual([
    { code: "rule_changed", place: "two", values: { name: "Two" } },
    { code: "rule_added", place: "new", values: { name: "New" } },
    { code: "rule_removed", place: "old", values: { name: "Old" } },
    { code: "rules_order", place: "rules", values: {} },
    { code: "pool_changed", place: "pool", values: { name: "Sales" } },
    { code: "pool_added", place: "expo", values: { name: "Expo" } },
    { code: "person_changed", place: String(ANNA), values: { name: `user ${ANNA}` } },
  ]);
  expect(compareRoutings(after, after)).toEqual([]);
});

test.each([
  ["a share of 101 percent", { pools: [{ ...aPool([]), members: [{ userId: 1, share: 101 }] }] }],
  ["a cap of nothing", { people: [{ ...aMember(ANNA), cap: 0 }] }],
  ["25 o'clock", { people: [aMember(ANNA, { hours: { days: [1], from: "25:00", to: "18:00" } })] }],
  [
    "a day that does not exist",
    { people: [aMember(ANNA, { daysOff: [{ from: "2026-02-30", to: "2026-03-01" }] })] },
  ],
  ["a name of a book's length", { rules: [{ ...aRule(), name: "x".repeat(100_000) }] }],
  ["more rules than a person reads", { rules: Array.from({ length: 51 }, () => aRule()) }],
])("%s is no rule", (_, routing) => {
  expect(routingSchema.safeParse(aRouting(routing)).success).toBe(false);
});
