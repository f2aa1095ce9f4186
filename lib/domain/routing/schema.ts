import * as z from "zod/mini";
import { cleanLine } from "@/lib/domain/lead/clean-text";
import { formLanguages, waysIn } from "@/lib/domain/lead/fields";
import { limitedText } from "@/lib/domain/text";

const MAX_RULES = 50;
const MAX_POOLS = 50;
const MAX_PEOPLE = 500;
const MAX_CHOICES = 100;
const MAX_DAYS_OFF = 60;

const idSchema = z.string().check(z.regex(/^[\w-]{1,40}$/));
/** The id of a user of Kommo. */
export const userIdSchema = z.int().check(z.positive());
// Marks that cannot be seen may be as many again.
const line = (longest: number) =>
  limitedText(4 * longest).check(z.overwrite(cleanLine), z.minLength(1), z.maxLength(longest));
const lines = z.array(line(255)).check(z.maxLength(MAX_CHOICES));

/** Local time of the account. From a later time to an earlier one is over midnight; the same time twice is the whole day. */
const timeSchema = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
/** `days`: 1 is Monday, 7 is Sunday. */
export const hoursSchema = z.object({
  days: z.array(z.int().check(z.gte(1), z.lte(7))).check(z.maxLength(7)),
  from: timeSchema,
  to: timeSchema,
});
export type Hours = z.infer<typeof hoursSchema>;

/** Both days are off, and those between them. */
const daysOffSchema = z.object({ from: z.iso.date(), to: z.iso.date() });
export type DaysOff = z.infer<typeof daysOffSchema>;

export const utmConditions = ["utm_medium", "utm_campaign", "utm_content", "utm_term"] as const;
export type UtmCondition = (typeof utmConditions)[number];

/** A condition that is empty fits every lead. */
const conditionsSchema = z.object({
  sources: z._default(lines, []),
  utm: z._default(z.partialRecord(z.enum(utmConditions), lines), {}),
  /** Ids of people of ours. */
  authors: z._default(z.array(z.uuid()).check(z.maxLength(MAX_CHOICES)), []),
  /** Two letters each, of the phone. */
  countries: z._default(z.array(z.string().check(z.regex(/^[A-Z]{2}$/))).check(z.maxLength(MAX_CHOICES)), []),
  /** Options of list fields, by the key of the field. */
  options: z._default(
    z
      .array(
        z.object({
          key: z.string().check(z.regex(/^(leads|contacts):\d{1,15}$/)),
          ids: z.array(z.int()).check(z.minLength(1), z.maxLength(MAX_CHOICES)),
        }),
      )
      .check(z.maxLength(20)),
    [],
  ),
  hours: z._default(z.nullable(hoursSchema), null),
  /** How the lead came; of website forms also the ids of single ones. */
  through: z._default(z.array(z.union([z.enum(waysIn), z.uuid()])).check(z.maxLength(MAX_CHOICES)), []),
  languages: z._default(z.array(z.enum(formLanguages)).check(z.maxLength(formLanguages.length)), []),
});
export type Conditions = z.infer<typeof conditionsSchema>;

const recipientSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nobody") }),
  z.object({ kind: z.literal("user"), userId: userIdSchema }),
  /** The user of Kommo who is the person that entered the lead. */
  z.object({ kind: z.literal("author") }),
  z.object({ kind: z.literal("pool"), poolId: idSchema }),
]);

const fallbackSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("next") }),
  z.object({ kind: z.literal("nobody") }),
  z.object({ kind: z.literal("user"), userId: userIdSchema }),
]);
export type Fallback = z.infer<typeof fallbackSchema>;

// Empty while somebody types: the checks keep it from being published.
const nameSchema = limitedText(4 * 80).check(z.overwrite(cleanLine), z.maxLength(80));

export const ruleSchema = z.object({
  id: idSchema,
  name: nameSchema,
  when: conditionsSchema,
  to: recipientSchema,
  /** What holds when nobody whom the rule names can take the lead. */
  otherwise: z._default(fallbackSchema, { kind: "next" }),
  tags: z._default(z.array(line(120)).check(z.maxLength(10)), []),
  /** The lead of a contact that Kommo has goes to who is responsible for it there, and uses no turn. */
  ownerFirst: z._default(z.boolean(), false),
});
export type Rule = z.infer<typeof ruleSchema>;

export const ways = ["turn", "shares", "fewest"] as const;
export type Way = (typeof ways)[number];

export const poolSchema = z.object({
  id: idSchema,
  name: nameSchema,
  way: z.enum(ways),
  /** `share` in percent counts only for a pool that goes by shares. */
  members: z
    .array(z.object({ userId: userIdSchema, share: z._default(z.int().check(z.gte(0), z.lte(100)), 0) }))
    .check(z.maxLength(100)),
});
export type Pool = z.infer<typeof poolSchema>;

export const memberSchema = z.object({
  userId: userIdSchema,
  /** Of an id that was typed because Kommo does not list its users for our token. */
  name: z._default(z.nullable(line(120)), null),
  hours: z._default(z.nullable(hoursSchema), null),
  daysOff: z._default(z.array(daysOffSchema).check(z.maxLength(MAX_DAYS_OFF)), []),
  /** The most leads that this person gets in a day of the account. */
  cap: z._default(z.nullable(z.int().check(z.gte(1), z.lte(10_000))), null),
});
export type Member = z.infer<typeof memberSchema>;

/** Who gets a lead: the first rule that fits decides. Without rules nobody does, and Kommo decides. */
export const routingSchema = z.object({
  rules: z.array(ruleSchema).check(z.maxLength(MAX_RULES)),
  pools: z.array(poolSchema).check(z.maxLength(MAX_POOLS)),
  people: z.array(memberSchema).check(z.maxLength(MAX_PEOPLE)),
});
export type Routing = z.infer<typeof routingSchema>;

export const NO_ROUTING: Routing = { rules: [], pools: [], people: [] };

export const routingDraftSchema = z.object({ routing: routingSchema, basedOn: z.int().check(z.gte(0)) });
export const routingRollBackSchema = z.object({
  version: z.int().check(z.positive()),
  basedOn: routingDraftSchema.shape.basedOn,
});

/** Why a person was passed over. */
export const absences = ["gone", "inactive", "refused", "paused", "day_off", "off_hours", "cap"] as const;
export type Absence = (typeof absences)[number];

/** Message `routing.why.<code>`. */
export const whys = [
  "owner",
  "user",
  "author",
  "turn",
  "shares",
  "fewest",
  "fallback",
  "nobody",
  "nobody_free",
  "no_rule",
  "fault",
] as const;
export type Why = (typeof whys)[number];

const namedSchema = z.object({ id: z.union([z.string(), z.number()]), name: z.string() });

/** One decision, as it is written to the lead: of it both languages make their sentence. Times are epoch milliseconds. */
export const decisionSchema = z.object({
  why: z.enum(whys),
  user: z.nullable(z.object({ id: z.number(), name: z.string() })),
  rule: z.nullable(namedSchema),
  pool: z.nullable(namedSchema),
  /** In a pool in turn, the person's place; by shares, the percent; of fewest, the leads of today with this one. */
  number: z.nullable(z.number()),
  passedOver: z.array(
    z.object({ name: z.string(), absence: z.enum(absences), until: z.nullable(z.number()) }),
  ),
  tags: z.array(z.string()),
  /** The day of the account in which it counts. */
  day: z.string(),
  /** What each member of the pool was credited with, to be taken back with the turn. */
  credits: z.array(z.object({ userId: z.number(), credit: z.number() })),
});
export type RouteDecision = z.infer<typeof decisionSchema>;

/** A user of Kommo as the rules need it. */
export type KnownUser = {
  id: number;
  name: string;
  email: string;
  isActive: boolean;
  group: string | null;
};

/** Message `routing.checks.<code>` with the values; `place` is the id of a rule or a pool, or `people`. */
export type RoutingCheck = {
  place: string;
  code: RoutingCheckCode;
  values: Record<string, string | number>;
  severity: "error" | "warning";
};
export const routingCheckCodes = [
  "name_empty",
  "pool_empty",
  "pool_gone",
  "shares_not_100",
  "user_gone",
  "user_inactive",
  "user_refused",
  "source_gone",
  "option_gone",
  "author_gone",
  "form_gone",
  "hours_empty",
  "days_off_turned",
  "in_two_pools",
  "never_reached",
] as const;
export type RoutingCheckCode = (typeof routingCheckCodes)[number];

/** One line of the comparison of two versions: message `routing.diff.<code>` with the values. */
export type RoutingDifference = {
  code: RoutingDifferenceCode;
  place: string;
  values: Record<string, string>;
};
export const routingDifferenceCodes = [
  "rule_added",
  "rule_removed",
  "rule_changed",
  "rules_order",
  "pool_added",
  "pool_removed",
  "pool_changed",
  "person_changed",
] as const;
export type RoutingDifferenceCode = (typeof routingDifferenceCodes)[number];
