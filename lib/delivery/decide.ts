import { AppError, type ErrorCode } from "@/lib/errors";
import type { Arrival } from "@/lib/kommo/incoming-leads";
import { toUnclear } from "@/lib/kommo/problem";
import type { Refusal } from "@/lib/kommo/schema";
import { backoffMs } from "./backoff";
import { toHalf } from "./compose-batch";

/** What becomes of one lead after an answer. `dueAt` in epoch milliseconds, `settlesAt` in the desk's uptime. */
export type Decision =
  | { move: "confirm"; arrival: Arrival }
  | {
      move: "requeue";
      problem: ErrorCode | null;
      dueAt: number;
      isBackOff?: boolean;
      isHalved?: boolean;
      /** It left once already: a second copy may still turn up. */
      isResent?: boolean;
    }
  | { move: "suspect"; dueAt: number; settlesAt: number; isHalved: boolean }
  | { move: "reject"; errors: Refusal[number]["errors"] }
  | { move: "ask_admin"; problem: "unclear" | "merged" | "unsendable" };

export type Result = Map<string, Arrival> | AppError;

type Sent = { id: string; tries: number; dueAt: number; failedAlone: number; createdAt: number };
/** `lateMs`: how long a request without an answer of Kommo's application may still be applied. */
type Times = { now: number; uptime: number; lateMs: number };

// Kommo's application has answered, so it is soon done; a gateway, or nobody, says nothing of what goes on behind it.
const APPLICATION_SETTLES_MS = 20_000;
const FIRST_LOOK_MS = 2000;
const MOST_FAILURES_ALONE = 3;
const PATIENCE_MS = 15 * 60_000;

/**
 * What becomes of each lead of a batch after the request that carried it. After the first byte only three answers settle:
 * success with our ids, a rejection that names leads, and a refusal of the whole request by Kommo's application. All else
 * leaves the leads unconfirmed (docs/kommo-api.md §1.3).
 */
export function decideBatch(
  leads: readonly Sent[],
  result: Result,
  times: Times,
  random: () => number = Math.random,
): Map<string, Decision> {
  const decide = toRule(leads, result, times, random);
  return new Map(leads.map((lead) => [lead.id, decide(lead)]));
}

function toRule(
  leads: readonly Sent[],
  result: Result,
  { now, uptime, lateMs }: Times,
  random: () => number,
): (lead: Sent) => Decision {
  const suspect = (settlesMs: number, isHalved: boolean, lookMs = FIRST_LOOK_MS): Decision => ({
    move: "suspect",
    dueAt: now + lookMs,
    settlesAt: uptime + settlesMs,
    isHalved,
  });
  if (!(result instanceof AppError)) {
    return ({ id }) => {
      const arrival = result.get(id);
      return arrival ? { move: "confirm", arrival } : suspect(APPLICATION_SETTLES_MS, false);
    };
  }
  switch (result.kind) {
    case "unclear": {
      const { origin, status } = toUnclear(result);
      return () => suspect(origin === "application" ? APPLICATION_SETTLES_MS : lateMs, status !== 429);
    }
    case "this lead":
      return toRuleOfRefusal(leads, result, { now, suspect, random });
    case "connection":
      // The whole queue waits, so the lead keeps its place in the order.
      return ({ dueAt }) => ({ move: "requeue", problem: result.code, dueAt });
    default:
      return ({ tries }) => {
        const dueAt = now + backoffMs(tries + 1, random);
        return { move: "requeue", problem: result.code, dueAt, isBackOff: true };
      };
  }
}

type Suspect = (settlesMs: number, isHalved: boolean, lookMs?: number) => Decision;

/** Kommo creates nothing of a batch that it rejects; the others are looked for all the same before they go again. */
function toRuleOfRefusal(
  leads: readonly Sent[],
  result: AppError,
  { now, suspect, random }: { now: number; suspect: Suspect; random: () => number },
): (lead: Sent) => Decision {
  const refusal = result.detail as Refusal | undefined;
  if (!refusal) return (lead) => decideUntaken(lead, leads.length, { now, random });
  const isAlone = leads.length === 1;
  const isNamed = refusal.every(({ request_id }) => leads.some(({ id }) => id === request_id));
  if (!isAlone && !isNamed) return () => suspect(APPLICATION_SETTLES_MS, true);
  return ({ id }) => {
    const errors = refusal
      .filter(({ request_id }) => isAlone || request_id === id)
      .flatMap((group) => group.errors);
    return errors.length > 0 ? { move: "reject", errors } : suspect(0, false, 0);
  };
}

/** Kommo's application took none of the request, and says of no lead why. */
function decideUntaken(
  { failedAlone, createdAt }: Sent,
  size: number,
  { now, random }: { now: number; random: () => number },
): Decision {
  // Within that time it may be Kommo that takes nothing of anybody.
  const isLeadToBlame = failedAlone + 1 >= MOST_FAILURES_ALONE && now - createdAt > PATIENCE_MS;
  if (size === 1 && isLeadToBlame) return { move: "ask_admin", problem: "unsendable" };
  const dueAt = size === 1 ? now + backoffMs(failedAlone + 1, random) : now;
  return { move: "requeue", problem: "not_accepted", dueAt, isHalved: true };
}

export type Searched = "absent" | "unsure" | "merged" | Arrival | undefined;

/** `lastSuccess`: when Kommo last took a batch (epoch ms). */
type TimesOfSearch = Pick<Times, "now" | "uptime"> & { lastSuccess: number | null };

type ToVerify = {
  tries: number;
  sentAt: number | null;
  createdAt: number;
  settlesAt: number | null;
  failedAlone: number;
};

/** What becomes of an unconfirmed lead after a look in Kommo; undefined is a look that could not be finished. */
export function decideSearched(
  lead: ToVerify,
  found: Searched,
  times: TimesOfSearch,
  random: () => number = Math.random,
): Decision {
  const { now, uptime } = times;
  if (typeof found === "object") return { move: "confirm", arrival: found };
  const settlesAt = lead.settlesAt ?? 0;
  const leftMs = settlesAt - uptime;
  if (found === undefined || leftMs > 0) {
    const sinceMs = Math.max(FIRST_LOOK_MS, now - (lead.sentAt ?? lead.createdAt));
    const waitMs = leftMs > 0 ? Math.min(sinceMs, leftMs) : backoffMs(lead.tries + 1, random);
    return { move: "suspect", dueAt: now + waitMs, settlesAt, isHalved: false };
  }
  if (found !== "absent") return { move: "ask_admin", problem: found === "merged" ? "merged" : "unclear" };
  if (isToBlame(lead, times)) return { move: "ask_admin", problem: "unsendable" };
  const dueAt = lead.tries === 0 ? now : now + backoffMs(lead.tries, random);
  return { move: "requeue", problem: null, dueAt, isBackOff: true, isResent: true };
}

/** While Kommo takes nobody's leads, the three failures of this one say nothing about it. */
function isToBlame(
  { failedAlone, sentAt, createdAt }: ToVerify,
  { now, lastSuccess }: TimesOfSearch,
): boolean {
  if (failedAlone < MOST_FAILURES_ALONE) return false;
  return (lastSuccess ?? 0) > (sentAt ?? 0) || now - createdAt > PATIENCE_MS;
}

/** How many may go together after a batch of this size had no answer; undefined where its size is not to blame. */
export function toBatchLimit(decision: Decision, size: number): number | undefined {
  const isHalved = "isHalved" in decision && decision.isHalved;
  return isHalved ? toHalf(size) : undefined;
}
