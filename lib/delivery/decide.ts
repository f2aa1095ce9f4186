import { AppError, type ErrorCode } from "@/lib/errors";
import type { Arrival } from "@/lib/kommo/incoming-leads";
import type { Refusal } from "@/lib/kommo/schema";
import { backoffMs } from "./backoff";

/** What becomes of one claimed lead; `dueAt` in epoch milliseconds. */
export type Decision =
  | { state: "confirmed"; arrival: Arrival }
  | { state: "queued" | "checking"; problem: ErrorCode | null; dueAt: number; isBackOff?: boolean }
  | { state: "needs_fix"; problem: "refused"; errors: Refusal[number]["errors"] }
  | { state: "needs_admin"; problem: "unclear" | "merged" };

export type Result = Map<string, Arrival> | AppError;

/** `isAlone`: the request carried this lead only, so a refusal is its own whatever name it bears. */
type Decided = { id: string; tries: number; dueAt: number; isAlone: boolean };

// Kommo's list may lag behind its own answers, so a look-up waits this long after an unclear attempt.
const SETTLE_MS = 10_000;

/**
 * One line for each kind of answer: what becomes of a lead after the request that carried it. A refusal that
 * names others leaves this lead innocent: it goes again at once.
 */
export function decide(
  lead: Decided,
  result: Result,
  now: number,
  random: () => number = Math.random,
): Decision {
  const unclear: Decision = { state: "checking", problem: "unclear", dueAt: now + SETTLE_MS };
  if (!(result instanceof AppError)) {
    const arrival = result.get(lead.id);
    return arrival ? { state: "confirmed", arrival } : unclear;
  }
  // Where the whole queue waits, the lead keeps its place in the order instead of backing off by itself.
  const inPlace: Decision = { state: "queued", problem: result.code, dueAt: lead.dueAt };
  const dueAt = now + backoffMs(lead.tries + 1, random);
  switch (result.kind) {
    case "unclear":
      return unclear;
    case "this lead":
      return decideRejected(lead, toRefusal(result), now);
    case "connection":
      return inPlace;
    default:
      return result.code === "too_many_requests"
        ? inPlace
        : { state: "queued", problem: result.code, dueAt, isBackOff: true };
  }
}

/** The leads of a batch that its refusal names; undefined when it names somebody else, or nobody. */
export function pickRejected<T extends { id: string }>(leads: T[], refusal: AppError): T[] | undefined {
  const named = toRefusal(refusal).map(({ request_id }) => leads.find(({ id }) => id === request_id));
  return named.some((lead) => lead === undefined) ? undefined : leads.filter((lead) => named.includes(lead));
}

function decideRejected(lead: Decided, refusal: Refusal, now: number): Decision {
  const rejected = lead.isAlone ? refusal : refusal.filter(({ request_id }) => request_id === lead.id);
  if (rejected.length === 0) return { state: "queued", problem: null, dueAt: now };
  return { state: "needs_fix", problem: "refused", errors: rejected.flatMap(({ errors }) => errors) };
}

function toRefusal(error: AppError): Refusal {
  return error.detail as Refusal;
}
