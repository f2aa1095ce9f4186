import type { LeadToRoute } from "./fits-rule";
import { toAccountTime } from "./hours";
import { countDecision, createDecider, type Moment, type RoutingGround, type Situation } from "./route-leads";

const MINUTE_MS = 60_000;
const LEADS_BETWEEN_PAUSES = 100;

export type PastLead = LeadToRoute & {
  /** Epoch milliseconds, when it was ready to leave. */
  at: number;
  /** Who got it; null for nobody. */
  given: number | null;
};

/** `owners`: of contacts that Kommo had then, by the lead's id. */
type TrialGround = RoutingGround & Pick<Situation, "owners">;

/** What rules would have done: by user, null for nobody. `was` is what happened. */
export type Trial = {
  leads: number;
  people: { userId: number | null; name: string; leads: number; was: number }[];
  /** The rule's id, null where none fitted. */
  rules: { id: string | null; name: string; leads: number }[];
};

/**
 * Decides for leads of the past, in their order and each at its own moment. Turns begin afresh; nobody is paused and Kommo
 * refuses nobody, because that says something of today only. `pause` lets others have the process now and then.
 */
export async function tryRouting(
  leads: PastLead[],
  about: TrialGround,
  { toName, pause }: { toName: (userId: number) => string; pause: () => Promise<void> },
): Promise<Trial> {
  const decide = createDecider(about);
  let moment: Moment | undefined;
  let minute = Number.NaN;
  const people = new Map<number | null, { name: string; leads: number; was: number }>();
  const rules = new Map<string | null, { name: string; leads: number }>();
  const row = (userId: number | null) => {
    const known = people.get(userId) ?? {
      ...{ leads: 0, was: 0, name: userId === null ? "" : toName(userId) },
    };
    people.set(userId, known);
    return known;
  };
  for (const [index, lead] of leads.entries()) {
    if (index % LEADS_BETWEEN_PAUSES === LEADS_BETWEEN_PAUSES - 1) await pause();
    const itsMinute = Math.floor(lead.at / MINUTE_MS);
    if (!moment || itsMinute !== minute) moment = toNextMoment(moment, lead.at, about);
    minute = itsMinute;
    const decision = decide(lead, moment);
    countDecision(decision, moment);
    row(decision.user?.id ?? null).leads += 1;
    row(lead.given).was += 1;
    const id = decision.rule === null ? null : String(decision.rule.id);
    const rule = rules.get(id) ?? { name: decision.rule?.name ?? "", leads: 0 };
    rules.set(id, { ...rule, leads: rule.leads + 1 });
  }
  return {
    leads: leads.length,
    people: [...people].map(([userId, one]) => ({ userId, ...one })).sort((a, b) => b.leads - a.leads),
    rules: [...rules].map(([id, one]) => ({ id, ...one })),
  };
}

/** Hours begin and end with a minute, so that who is there holds for all leads of one. */
function toNextMoment(before: Moment | undefined, at: number, { zone, owners }: TrialGround): Moment {
  const local = toAccountTime(at, zone);
  return {
    ...{ local, at: null, paused: none, refused: none, owners, absences: new Map() },
    credits: before?.credits ?? new Map(),
    today: before?.local.day === local.day ? before.today : new Map(),
  };
}

const none: ReadonlySet<number> = new Set();
