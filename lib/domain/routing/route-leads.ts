import type { Source } from "@/lib/domain/mapping/schema";
import {
  fitsRule,
  type LeadToRoute,
  type ReadyConditions,
  toReadyConditions,
  toReadyLead,
  toSourceKeys,
} from "./fits-rule";
import { type AccountTime, findNextStart, isDayOff, isWithinHours, toAccountTime } from "./hours";
import type { Absence, KnownUser, Member, Pool, RouteDecision, Routing, Rule } from "./schema";
import { type TurnTaker, takeTurn } from "./take-turn";

// As many as a person reads.
const MOST_TOLD = 10;

/** What stays the same from one moment to the next. */
export type RoutingGround = {
  routing: Routing;
  /** Undefined where Kommo does not list its users for our token: then every id counts as one that is there. */
  users: KnownUser[] | undefined;
  /** Users of Kommo by the ids of our people. */
  userOfAuthor: Map<string, number>;
  /** The account's time zone. */
  zone: string;
  /** The sources that the mapping knows by several names. */
  sources: Source[];
};

type Counts = {
  /** By `toTurnKey`. */
  credits: Map<string, number>;
  /** How many leads each has got today. */
  today: Map<number, number>;
};

/** Everything that a decision depends on. The maps are not changed. */
export type Situation = RoutingGround &
  Counts & {
    /** Epoch milliseconds. */
    at: number;
    paused: ReadonlySet<number>;
    /** Whom Kommo has refused. */
    refused: ReadonlySet<number>;
    /** Who is responsible in Kommo for the contact that a lead belongs to, by the lead's id. */
    owners: ReadonlyMap<string, number>;
  };

export function toTurnKey(poolId: string, userId: number): string {
  return `${poolId} ${userId}`;
}

const NOBODY: Omit<RouteDecision, "day"> = {
  ...{ why: "no_rule", user: null, rule: null, pool: null, number: null },
  ...{ passedOver: [], tags: [], credits: [] },
};

/** Where the rules themselves cannot be read. */
export function routeToNobody(leads: { id: string }[]): Map<string, RouteDecision> {
  return new Map(leads.map(({ id }) => [id, { ...NOBODY, why: "fault", day: "" }]));
}

/** Decides for these leads in their order, each knowing of those before it. A fault gives its lead to nobody, and is told. */
export function routeLeads(
  leads: LeadToRoute[],
  situation: Situation,
  onFault?: (error: unknown) => void,
): Map<string, RouteDecision> {
  const { at, zone, paused, refused, owners } = situation;
  const decide = createDecider(situation, onFault);
  const counts = { credits: new Map(situation.credits), today: new Map(situation.today) };
  const moment: Moment = {
    local: toAccountTime(at, zone),
    at,
    paused,
    ...{ refused, owners },
    ...counts,
    absences: new Map(),
  };
  return new Map(
    leads.map((lead) => {
      const decision = decide(lead, moment);
      countDecision(decision, counts);
      return [lead.id, decision];
    }),
  );
}

/** When leads are decided, and how many there were before. */
export type Moment = Counts &
  Pick<Situation, "paused" | "refused" | "owners"> & {
    local: AccountTime;
    /** Epoch milliseconds; null where nobody asks until when a person is away. */
    at: number | null;
    /** Of people looked at before at this moment, all but the cap. */
    absences: Map<number, FoundAbsence | undefined>;
  };

type Ground = Pick<RoutingGround, "zone" | "userOfAuthor"> & {
  rules: { rule: Rule; when: ReadyConditions }[];
  pools: Map<string, Pool>;
  people: Map<number, Member>;
  /** Undefined where Kommo does not list them. */
  users: Map<number, KnownUser> | undefined;
};
type Counted = { ground: Ground; moment: Moment };

/** What leads are compared with is made ready here, once for many of them. */
export function createDecider(
  about: RoutingGround,
  onFault?: (error: unknown) => void,
): (lead: LeadToRoute, moment: Moment) => RouteDecision {
  const { routing, users, zone, userOfAuthor } = about;
  const sourceKeys = toSourceKeys(about.sources);
  const ground: Ground = {
    ...{ zone, userOfAuthor },
    rules: routing.rules.map((rule) => ({ rule, when: toReadyConditions(rule, sourceKeys) })),
    pools: new Map(routing.pools.map((pool) => [pool.id, pool])),
    people: new Map(routing.people.map((person) => [person.userId, person])),
    users: users && new Map(users.map((user) => [user.id, user])),
  };
  return (lead, moment) => {
    const nobody = { ...NOBODY, day: moment.local.day };
    try {
      const ready = toReadyLead(lead, sourceKeys);
      const fits = (when: ReadyConditions) => fitsRule(when, ready, moment.local);
      return followRules(lead, fits, nobody, { ground, moment });
    } catch (error) {
      onFault?.(error);
      return { ...nobody, why: "fault" };
    }
  };
}

/** Changes both maps as the decision does. */
export function countDecision(
  { user, pool, credits: changes }: RouteDecision,
  { credits, today }: Counts,
): void {
  if (user) today.set(user.id, (today.get(user.id) ?? 0) + 1);
  for (const { userId, credit } of changes) {
    const key = toTurnKey(String(pool?.id), userId);
    credits.set(key, (credits.get(key) ?? 0) + credit);
  }
}

function followRules(
  lead: LeadToRoute,
  fits: (when: ReadyConditions) => boolean,
  nobody: RouteDecision,
  counted: Counted,
): RouteDecision {
  const { ground } = counted;
  const passedOver: RouteDecision["passedOver"] = [];
  let hasFitted = false;
  for (const { rule, when } of ground.rules) {
    if (!fits(when)) continue;
    hasFitted = true;
    const base: RouteDecision = {
      ...nobody,
      rule: { id: rule.id, name: rule.name },
      tags: rule.tags,
      passedOver,
    };
    const owner = rule.ownerFirst ? findOwner(lead, counted, passedOver) : undefined;
    if (owner) return { ...base, ...owner };
    if (rule.to.kind === "nobody") return { ...base, why: "nobody" };
    const found = findRecipient(rule.to, lead, counted, passedOver);
    if (found) return { ...base, ...found };
    if (rule.otherwise.kind === "next") continue;
    if (
      rule.otherwise.kind === "user" &&
      canStandIn(rule.otherwise.userId, ["off_hours", "day_off"], counted, passedOver)
    ) {
      return { ...base, why: "fallback", user: toUser(rule.otherwise.userId, ground) };
    }
    return { ...base, why: "nobody_free" };
  }
  return { ...nobody, why: hasFitted ? "nobody_free" : "no_rule", passedOver };
}

/** A client is the owner's at any hour of a working day. */
function findOwner(
  { id }: LeadToRoute,
  counted: Counted,
  passedOver: RouteDecision["passedOver"],
): Found | undefined {
  const userId = counted.moment.owners.get(id);
  if (userId === undefined || !canStandIn(userId, ["off_hours"], counted, passedOver)) return undefined;
  return { why: "owner", user: toUser(userId, counted.ground) };
}

type Found = Pick<RouteDecision, "why" | "user"> &
  Partial<Pick<RouteDecision, "pool" | "number" | "credits">>;

function findRecipient(
  to: Exclude<Rule["to"], { kind: "nobody" }>,
  { authorId }: LeadToRoute,
  counted: Counted,
  passedOver: RouteDecision["passedOver"],
): Found | undefined {
  const { ground } = counted;
  if (to.kind === "pool") {
    const pool = ground.pools.get(to.poolId);
    return pool && findInPool(pool, counted, passedOver);
  }
  const userId = to.kind === "user" ? to.userId : ground.userOfAuthor.get(authorId);
  if (userId === undefined || !isFree(userId, counted, passedOver)) return undefined;
  return { why: to.kind, user: toUser(userId, ground) };
}

function findInPool(
  pool: Pool,
  counted: Counted,
  passedOver: RouteDecision["passedOver"],
): Found | undefined {
  const { ground, moment } = counted;
  const { credits, today } = moment;
  const free = pool.members.filter(({ userId }) => isFree(userId, counted, passedOver));
  const named = { pool: { id: pool.id, name: pool.name } };
  if (pool.way === "fewest") {
    const toCount = ({ userId }: { userId: number }) => today.get(userId) ?? 0;
    const [least] = free.toSorted((a, b) => toCount(a) - toCount(b));
    if (!least) return undefined;
    const user = toUser(least.userId, ground);
    return { ...named, why: "fewest", user, number: toCount(least) + 1 };
  }
  const turn = takeTurn(
    free.map(
      ({ userId, share }): TurnTaker => ({
        userId,
        weight: pool.way === "shares" ? share : 1,
        credit: credits.get(toTurnKey(pool.id, userId)) ?? 0,
      }),
    ),
  );
  if (!turn) return undefined;
  const place = pool.members.findIndex(({ userId }) => userId === turn.userId);
  const number = pool.way === "turn" ? place + 1 : (pool.members[place]?.share ?? null);
  return { ...named, why: pool.way, user: toUser(turn.userId, ground), number, credits: turn.credits };
}

function isFree(userId: number, counted: Counted, passedOver: RouteDecision["passedOver"]): boolean {
  const found = findAbsence(userId, counted);
  if (found) noteAbsence(userId, found, counted, passedOver);
  return !found;
}

function noteAbsence(
  userId: number,
  found: FoundAbsence,
  { ground }: Counted,
  passedOver: RouteDecision["passedOver"],
): void {
  if (passedOver.length >= MOST_TOLD) return;
  const { name } = toUser(userId, ground);
  if (!passedOver.some((other) => other.name === name)) passedOver.push({ name, ...found });
}

function findAbsence(userId: number, counted: Counted): FoundAbsence | undefined {
  const { ground, moment } = counted;
  const { absences, today } = moment;
  const own = ground.people.get(userId);
  if (!absences.has(userId)) absences.set(userId, findAbsenceNow(userId, own, counted));
  return absences.get(userId) ?? (hasReachedCap(own, today) ? { absence: "cap", until: null } : undefined);
}

function hasReachedCap(own: Member | undefined, today: Counts["today"]): boolean {
  return own !== undefined && own.cap !== null && (today.get(own.userId) ?? 0) >= own.cap;
}

type FoundAbsence = { absence: Absence; until: number | null };

/** Of all but the cap, which can be reached in the middle of a batch. */
function findAbsenceNow(
  userId: number,
  own: Member | undefined,
  { ground: { users, zone }, moment: { at, local, paused, refused } }: Counted,
): FoundAbsence | undefined {
  const user = users?.get(userId);
  if (users && !user) return { absence: "gone", until: null };
  if (user?.isActive === false) return { absence: "inactive", until: null };
  if (refused.has(userId)) return { absence: "refused", until: null };
  if (paused.has(userId)) return { absence: "paused", until: null };
  if (!own) return undefined;
  const toAbsence = (absence: Absence): FoundAbsence => ({
    absence,
    until: at === null ? null : findNextStart(own.hours, own.daysOff, at, zone),
  });
  if (isDayOff(own.daysOff, local.day)) return toAbsence("day_off");
  return own.hours && !isWithinHours(own.hours, local) ? toAbsence("off_hours") : undefined;
}

/** A fallback gets the lead at any hour, as it is where leads go when nobody is there, but no more than its limit. */
function canStandIn(
  userId: number,
  although: readonly Absence[],
  counted: Counted,
  passedOver: RouteDecision["passedOver"],
): boolean {
  const { ground, moment } = counted;
  const found = findAbsence(userId, counted);
  const isOff = found !== undefined && although.includes(found.absence);
  if (!found || (isOff && !hasReachedCap(ground.people.get(userId), moment.today))) return true;
  noteAbsence(userId, isOff ? { absence: "cap", until: null } : found, counted, passedOver);
  return false;
}

function toUser(id: number, { users, people }: Ground): { id: number; name: string } {
  return { id, name: users?.get(id)?.name || people.get(id)?.name || String(id) };
}

/** As Kommo calls the user, else as the admin does. */
export function toUserName(id: number, users: KnownUser[] | undefined, { people }: Pick<Routing, "people">) {
  const known = users?.find((user) => user.id === id)?.name;
  return known || people.find(({ userId }) => userId === id)?.name || String(id);
}
