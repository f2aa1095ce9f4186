import type { LeadToRoute } from "@/lib/domain/routing/fits-rule";
import type { Situation } from "@/lib/domain/routing/route-leads";
import {
  type KnownUser,
  type Member,
  NO_ROUTING,
  type Pool,
  poolSchema,
  type Routing,
  type Rule,
  ruleSchema,
} from "@/lib/domain/routing/schema";

export const ANNA = 12310001;
export const ILYA = 12310002;
export const MARIA = 12310003;
export const PAVEL_WHO_LEFT = 12310004;
export const BORIS = 12310005;
export const AUTHOR = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f11";

// A Wednesday, 15:00 in Moscow.
export const WEDNESDAY = Date.parse("2026-11-25T12:00:00Z");

export const users: KnownUser[] = [
  { id: ANNA, name: "Анна", email: "anna@intermigro.example", isActive: true, group: "Отдел продаж" },
  { id: ILYA, name: "Илья", email: "ilya@intermigro.example", isActive: true, group: "Отдел продаж" },
  { id: MARIA, name: "Мария", email: "maria@intermigro.example", isActive: true, group: "Отдел продаж" },
  { id: PAVEL_WHO_LEFT, name: "Павел", email: "", isActive: false, group: "Отдел продаж" },
  { id: BORIS, name: "Борис", email: "", isActive: true, group: "Выставки" },
];

export function aRule(rule: Partial<Omit<Rule, "when">> & { when?: Partial<Rule["when"]> } = {}): Rule {
  return ruleSchema.parse({
    ...{ id: "rule", name: "Everyone", to: { kind: "pool", poolId: "pool" } },
    ...rule,
    when: rule.when ?? {},
  });
}

export function aPool(
  members: (number | { userId: number; share: number })[],
  more: Partial<Pool> = {},
): Pool {
  return poolSchema.parse({
    ...{ id: "pool", name: "Sales", way: "turn" },
    members: members.map((member) => (typeof member === "number" ? { userId: member } : member)),
    ...more,
  });
}

export function aRouting(routing: Partial<Routing> = {}): Routing {
  return { ...NO_ROUTING, rules: [aRule()], ...routing };
}

export function aMember(userId: number, more: Partial<Member> = {}): Member {
  return { userId, name: null, hours: null, daysOff: [], cap: null, ...more };
}

export function aSituation(routing: Routing, more: Partial<Situation> = {}): Situation {
  return {
    ...{ at: WEDNESDAY, zone: "Europe/Moscow", sources: [], routing, users },
    ...{ userOfAuthor: new Map(), paused: new Set<number>(), refused: new Set<number>() },
    owners: new Map(),
    ...{ credits: new Map(), today: new Map() },
    ...more,
  };
}

let count = 0;

export function aLeadToRoute(lead: Partial<LeadToRoute> = {}): LeadToRoute {
  count += 1;
  return {
    ...{ id: `lead-${count}`, authorId: AUTHOR, phone: "+79001234567", name: "Иван", surname: null },
    ...{ telegram: null, source: null, comment: null, email: null, profession: null, education: null },
    ...{ income: null, utm_medium: null, utm_campaign: null, utm_content: null, utm_term: null },
    ...{ referrer: null, through: null, language: null },
    ...lead,
  };
}

export function someLeadsToRoute(howMany: number): LeadToRoute[] {
  return Array.from({ length: howMany }, () => aLeadToRoute());
}
