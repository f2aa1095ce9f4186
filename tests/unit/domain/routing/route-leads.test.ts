import { describe, expect, test } from "vitest";
import { countDecision, routeLeads, type Situation } from "@/lib/domain/routing/route-leads";
import type { Absence, RouteDecision, Rule } from "@/lib/domain/routing/schema";
import { TURN, takeTurn } from "@/lib/domain/routing/take-turn";
import {
  ANNA,
  AUTHOR,
  aLeadToRoute,
  aMember,
  aPool,
  aRouting,
  aRule,
  aSituation,
  BORIS,
  ILYA,
  MARIA,
  PAVEL_WHO_LEFT,
  someLeadsToRoute,
  users,
} from "@/tests/support/routing";

function route(howMany: number, situation: Situation): RouteDecision[] {
  return [...routeLeads(someLeadsToRoute(howMany), situation).values()];
}

function routeOne(situation: Situation, lead = aLeadToRoute()): RouteDecision {
  const decision = routeLeads([lead], situation).get(lead.id);
  if (!decision) throw new Error("the lead was not decided");
  return decision;
}

function toCounts(decisions: RouteDecision[]): Map<number | undefined, number> {
  const counts = new Map<number | undefined, number>();
  for (const { user } of decisions) counts.set(user?.id, (counts.get(user?.id) ?? 0) + 1);
  return counts;
}

describe("a pool", () => {
  test("in turn gives nine leads to three people three times each, in its order", () => {
    const decisions = route(9, aSituation(aRouting({ pools: [aPool([ANNA, ILYA, BORIS])] })));

    expect(decisions.map(({ user }) => user?.id)).toEqual([
      ...[ANNA, ILYA, BORIS],
      ...[ANNA, ILYA, BORIS],
      ...[ANNA, ILYA, BORIS],
    ]);
    expect(decisions[1]).toMatchObject({ why: "turn", number: 2, pool: { name: "Sales" } });
  });

  test.each([
    ["three in turn", "turn", [1, 1, 1]],
    ["seven in turn", "turn", [1, 1, 1, 1, 1, 1, 1]],
    ["50, 30 and 20 percent", "shares", [50, 30, 20]],
    ["97, 1, 1 and 1 percent", "shares", [97, 1, 1, 1]],
    ["33, 33 and 34 percent", "shares", [33, 33, 34]],
    ["shares that the largest remainder first would miss", "shares", [2, 56, 3, 56, 11, 1, 1, 56]],
  ] as const)("of %s is right to one lead at every moment of 10,000", (_, way, weights) => {
    const members = weights.map((share, index) => ({ userId: index + 1, share }));
    const routing = aRouting({ pools: [aPool(members, { way })] });
    const whole = weights.reduce((sum: number, weight) => sum + weight, 0);
    const situation = aSituation(routing, { users: undefined });
    const got = weights.map(() => 0);
    let worst = 0;

    for (const [index, { user }] of route(10_000, situation).entries()) {
      const at = (user?.id ?? 0) - 1;
      got[at] = (got[at] ?? 0) + 1;
      const off = weights.map((weight, one) => Math.abs((got[one] ?? 0) - ((index + 1) * weight) / whole));
      worst = Math.max(worst, ...off);
    }

    expect(worst).toBeLessThan(1);
  });

  test("counts on where the batch before has ended", () => {
    const routing = aRouting({ pools: [aPool([ANNA, ILYA, BORIS])] });
    const counts = { credits: new Map<string, number>(), today: new Map<number, number>() };
    const all: RouteDecision[] = [];
    for (const size of [1, 4, 2, 5]) {
      const decisions = route(size, aSituation(routing, counts));
      for (const decision of decisions) countDecision(decision, counts);
      all.push(...decisions);
    }

    expect([...toCounts(all).values()]).toEqual([4, 4, 4]);
  });

  test("does not flood who comes back from a day off", () => {
    const routing = aRouting({ pools: [aPool([ANNA, ILYA])] });
    const counts = { credits: new Map<string, number>(), today: new Map<number, number>() };
    for (const decision of route(20, aSituation(routing, { ...counts, paused: new Set([ILYA]) })))
      countDecision(decision, counts);

    expect(toCounts(route(10, aSituation(routing, counts)))).toEqual(
      new Map([
        [ANNA, 5],
        [ILYA, 5],
      ]),
    );
  });

  test("of fewest leads gives to who has the fewest today", () => {
    const routing = aRouting({ pools: [aPool([ANNA, ILYA, BORIS], { way: "fewest" })] });
    const decisions = route(
      4,
      aSituation(routing, {
        today: new Map([
          [ANNA, 3],
          [ILYA, 1],
        ]),
      }),
    );

    expect(decisions.map(({ user }) => user?.id)).toEqual([BORIS, ILYA, BORIS, ILYA]);
    expect(decisions[0]).toMatchObject({ why: "fewest", number: 1 });
  });

  test("reaches a cap in the middle of a batch, and passes to the others", () => {
    const routing = aRouting({
      pools: [aPool([ANNA, ILYA])],
      people: [aMember(ANNA, { cap: 7 })],
    });
    const decisions = route(50, aSituation(routing, { today: new Map([[ANNA, 2]]) }));

    expect(toCounts(decisions)).toEqual(
      new Map([
        [ANNA, 5],
        [ILYA, 45],
      ]),
    );
    expect(decisions.at(-1)?.passedOver).toEqual([{ name: "Анна", absence: "cap", until: null }]);
  });

  test("in which a person is twice, through two rules, counts each pool for itself", () => {
    const routing = aRouting({
      rules: [
        aRule({ id: "expo", when: { sources: ["expo"] }, to: { kind: "pool", poolId: "expo" } }),
        aRule(),
      ],
      pools: [aPool([ANNA, BORIS], { id: "expo" }), aPool([ANNA, ILYA])],
    });
    const leads = Array.from({ length: 20 }, (_, index) =>
      aLeadToRoute({ source: index % 2 === 0 ? "expo" : null }),
    );

    const counts = toCounts([...routeLeads(leads, aSituation(routing)).values()]);

    expect(counts).toEqual(
      new Map([
        [ANNA, 10],
        [BORIS, 5],
        [ILYA, 5],
      ]),
    );
  });
});

describe("who is passed over", () => {
  const night = { days: [1, 2, 3, 4, 5], from: "16:00", to: "18:00" };
  const opens = Date.parse("2026-11-25T13:00:00Z");

  test.each<[string, Partial<Situation>, Absence, number | null]>([
    ["gone from Kommo", { users: [] }, "gone", null],
    ["paused", { paused: new Set([ILYA]) }, "paused", null],
    ["refused by Kommo", { refused: new Set([ILYA]) }, "refused", null],
    ["off until four", { routing: withIlya({ hours: night }) }, "off_hours", opens],
    [
      "away today",
      { routing: withIlya({ daysOff: [{ from: "2026-11-24", to: "2026-11-26" }] }) },
      "day_off",
      Date.parse("2026-11-26T21:00:00Z"),
    ],
  ])("is told when %s", (_, more, absence, until) => {
    const decision = routeOne(aSituation(withIlya({}), more));

    expect(decision).toMatchObject({ why: "nobody_free", user: null, rule: { id: "rule" } });
    expect(decision.passedOver).toEqual([{ name: expect.any(String), absence, until }]);
  });

  test("is told when inactive", () => {
    const routing = aRouting({ pools: [aPool([PAVEL_WHO_LEFT, BORIS])] });
    const decision = routeOne(aSituation(routing));

    expect(decision).toMatchObject({
      user: { name: "Борис" },
      passedOver: [{ name: "Павел", absence: "inactive" }],
    });
  });

  function withIlya(more: Parameters<typeof aMember>[1]) {
    return aRouting({
      rules: [aRule({ otherwise: { kind: "nobody" } })],
      pools: [aPool([ILYA])],
      people: [aMember(ILYA, more)],
    });
  }
});

const OTHER = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f12";

describe("a rule", () => {
  const to: Rule["to"] = { kind: "user", userId: ANNA };

  test.each<[string, Rule["when"] | object, object, boolean]>([
    ["source", { sources: ["Expo 2026"] }, { source: "  expo 2026 " }, true],
    ["another source", { sources: ["Expo 2026"] }, { source: "Site" }, false],
    ["no source", { sources: ["Expo 2026"] }, { source: null }, false],
    ["UTM value", { utm: { utm_campaign: ["black friday"] } }, { utm_campaign: "Black Friday" }, true],
    ["another UTM value", { utm: { utm_campaign: ["black friday"] } }, { utm_medium: "black friday" }, false],
    ["author", { authors: [AUTHOR] }, {}, true],
    ["way in, by default the form", { through: ["form"] }, {}, true],
    ["another way in", { through: ["form", "website"] }, { through: "import" }, false],
    ["any website form", { through: ["website"] }, { through: "website" }, true],
    ["one website form", { through: [AUTHOR] }, { through: "website" }, true],
    ["another website form", { through: [OTHER] }, { through: "website" }, false],
    ["language of the form", { languages: ["ru", "es"] }, { language: "es" }, true],
    ["another language", { languages: ["ru"] }, { language: "en" }, false],
    ["no language that is known", { languages: ["ru"] }, {}, false],
    ["another author", { authors: ["0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f12"] }, {}, false],
    ["country of the phone", { countries: ["KZ"] }, { phone: "+77012345678" }, true],
    ["another country", { countries: ["KZ"] }, {}, false],
    ["no phone", { countries: ["KZ"] }, { phone: null }, false],
    ["option", { options: [{ key: "leads:5", ids: [7, 8] }] }, { custom: { "leads:5": "8" } }, true],
    [
      "one of several options",
      { options: [{ key: "leads:5", ids: [7] }] },
      { custom: { "leads:5": ["9", "7"] } },
      true,
    ],
    ["no option", { options: [{ key: "leads:5", ids: [7] }] }, {}, false],
    ["hours", { hours: { days: [3], from: "15:00", to: "16:00" } }, {}, true],
    ["other hours", { hours: { days: [3], from: "09:00", to: "15:00" } }, {}, false],
    ["another day", { hours: { days: [4], from: "09:00", to: "18:00" } }, {}, false],
  ])("asks for the %s", (_, when, lead, fits) => {
    const routing = aRouting({ rules: [aRule({ when, to })] });

    const { why } = routeOne(aSituation(routing), aLeadToRoute(lead));

    expect(why).toBe(fits ? "user" : "no_rule");
  });

  test.each([
    ["Expo", "Выставка"],
    ["Выставка", "expo"],
    ["выставка", "Экспо"],
  ])("that names a source %s fits a lead of %s, which is another name of it", (named, typed) => {
    const routing = aRouting({ rules: [aRule({ when: { sources: [named] }, to })] });
    const sources = [{ name: "Expo", value: "expo", aliases: ["выставка", "экспо"] }];

    expect(routeOne(aSituation(routing, { sources }), aLeadToRoute({ source: typed })).why).toBe("user");
  });

  test("names the user who is the author", () => {
    const routing = aRouting({ rules: [aRule({ to: { kind: "author" } })] });
    const userOfAuthor = new Map([[AUTHOR, ILYA]]);

    expect(routeOne(aSituation(routing, { userOfAuthor }))).toMatchObject({
      why: "author",
      user: { id: ILYA },
    });
    expect(routeOne(aSituation(routing))).toMatchObject({ user: null });
  });

  test("hands on to the next one, to a named person at any hour, or to nobody", () => {
    const hours = { days: [1], from: "09:00", to: "18:00" };
    const decideWith = (otherwise: Rule["otherwise"]) =>
      routeOne(
        aSituation(
          aRouting({
            rules: [aRule({ otherwise }), aRule({ id: "next", to, tags: ["second"] })],
            pools: [aPool([ILYA])],
            people: [aMember(ILYA, { hours }), aMember(BORIS, { hours })],
          }),
        ),
      );

    expect(decideWith({ kind: "next" })).toMatchObject({
      ...{ why: "user", user: { id: ANNA }, rule: { id: "next" }, tags: ["second"] },
      passedOver: [{ name: "Илья", absence: "off_hours" }],
    });
    expect(decideWith({ kind: "user", userId: BORIS })).toMatchObject({
      why: "fallback",
      user: { id: BORIS },
    });
    expect(decideWith({ kind: "user", userId: PAVEL_WHO_LEFT })).toMatchObject({
      why: "nobody_free",
      user: null,
    });
    expect(decideWith({ kind: "nobody" })).toMatchObject({ why: "nobody_free", user: null });
  });

  test("gives a known client to the owner first, who may be in no pool and off for the night, and uses no turn", () => {
    const lead = aLeadToRoute();
    const night = { days: [1], from: "09:00", to: "10:00" };
    const routing = aRouting({
      rules: [aRule({ ownerFirst: true, tags: ["known"] })],
      pools: [aPool([ILYA, BORIS])],
      people: [aMember(ANNA, { hours: night })],
    });
    const owners = new Map([[lead.id, ANNA]]);

    expect(routeOne(aSituation(routing, { owners }), lead)).toMatchObject({
      ...{ why: "owner", user: { id: ANNA }, tags: ["known"], pool: null, credits: [], passedOver: [] },
    });
    expect(routeOne(aSituation(routing, { owners }))).toMatchObject({ why: "turn", user: { id: ILYA } });
    const without = aRouting({ ...routing, rules: [aRule()] });
    expect(routeOne(aSituation(without, { owners }), lead)).toMatchObject({ why: "turn" });
    const nobody = aRouting({ rules: [aRule({ ownerFirst: true, to: { kind: "nobody" } })] });
    expect(routeOne(aSituation(nobody, { owners }), lead)).toMatchObject({
      why: "owner",
      user: { id: ANNA },
    });
  });

  test.each<[Absence, Partial<Situation>]>([
    ["gone", { users: users.filter(({ id }) => id !== ANNA) }],
    ["paused", { paused: new Set([ANNA]) }],
    ["refused", { refused: new Set([ANNA]) }],
    ["day_off", {}],
    ["cap", { today: new Map([[ANNA, 2]]) }],
  ])("gives a known client whose owner cannot take it to the pool, and says why: %s", (absence, more) => {
    const lead = aLeadToRoute();
    const daysOff = absence === "day_off" ? [{ from: "2026-11-24", to: "2026-11-26" }] : [];
    const routing = aRouting({
      rules: [aRule({ ownerFirst: true })],
      pools: [aPool([ILYA])],
      people: [aMember(ANNA, { cap: 2, daysOff })],
    });

    expect(
      routeOne(aSituation(routing, { owners: new Map([[lead.id, ANNA]]), ...more }), lead),
    ).toMatchObject({
      ...{ why: "turn", user: { id: ILYA }, passedOver: [{ absence }] },
    });
  });

  test.each<[Absence, Partial<Situation>]>([
    ["paused", { paused: new Set([BORIS]) }],
    ["refused", { refused: new Set([BORIS]) }],
    ["cap", { today: new Map([[BORIS, 2]]) }],
  ])("gives to nobody what its named person cannot take: %s", (absence, more) => {
    const hours = { days: [1], from: "09:00", to: "18:00" };
    const routing = aRouting({
      rules: [aRule({ to: { kind: "author" }, otherwise: { kind: "user", userId: BORIS } })],
      people: [aMember(BORIS, { hours, cap: 2 })],
    });

    expect(routeOne(aSituation(routing, more))).toMatchObject({
      ...{ why: "nobody_free", user: null, passedOver: [{ name: "Борис", absence }] },
    });
  });

  test("that fits without anybody to give the lead to is not no rule", () => {
    const author = aRouting({ rules: [aRule({ to: { kind: "author" }, otherwise: { kind: "next" } })] });

    expect(routeOne(aSituation(author))).toMatchObject({ why: "nobody_free", passedOver: [] });
  });

  test("gives to nobody what it says is nobody's, and so does one without its pool or with an empty one", () => {
    const nobody = aRouting({ rules: [aRule({ to: { kind: "nobody" }, tags: ["cold"] })] });

    expect(routeOne(aSituation(nobody))).toMatchObject({ why: "nobody", user: null, tags: ["cold"] });
    expect(routeOne(aSituation(aRouting()))).toMatchObject({ user: null });
    expect(routeOne(aSituation(aRouting({ pools: [aPool([])] })))).toMatchObject({ user: null });
    const without = aPool([{ userId: ANNA, share: 0 }], { way: "shares" });
    expect(routeOne(aSituation(aRouting({ pools: [without] })))).toMatchObject({
      why: "nobody_free",
      user: null,
    });
  });

  test("counts every id as there where Kommo does not list its users, by the name that the admin gave", () => {
    const routing = aRouting({
      rules: [aRule({ to: { kind: "user", userId: 77 } })],
      people: [aMember(77, { name: "Зоя" })],
    });

    expect(routeOne(aSituation(routing, { users: undefined }))).toMatchObject({
      user: { id: 77, name: "Зоя" },
    });
  });

  test("that cannot be followed gives its lead to nobody and leaves the others alone", () => {
    const broken = aLeadToRoute();
    Object.defineProperty(broken, "source", {
      get: () => {
        throw new Error("a fault");
      },
    });
    const routing = aRouting({ rules: [aRule({ when: { sources: ["Expo"] }, to })] });
    const whole = aLeadToRoute({ source: "Expo" });
    const faults: unknown[] = [];
    const decisions = routeLeads([broken, whole], aSituation(routing), (error) => faults.push(error));

    expect(decisions.get(broken.id)).toMatchObject({ why: "fault", user: null });
    expect(decisions.get(whole.id)).toMatchObject({ why: "user" });
    expect(faults).toEqual([new Error("a fault")]);
  });
});

test("a turn that is given back is the next one again", () => {
  const first = takeTurn([
    { userId: ANNA, weight: 1, credit: 0 },
    { userId: MARIA, weight: 1, credit: 0 },
  ]);
  const credits = new Map(first?.credits.map(({ userId, credit }) => [userId, credit]));
  for (const { userId, credit } of first?.credits ?? [])
    credits.set(userId, (credits.get(userId) ?? 0) - credit);

  expect([...credits.values()]).toEqual([0, 0]);
  expect(first?.credits.find(({ userId }) => userId === ANNA)?.credit).toBe(-TURN / 2);
});
