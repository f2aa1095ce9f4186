import type { Recipient } from "@/lib/domain/mapping/schema";
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
      /** Kommo may have refused its recipient: it goes again without one. `isSure` where Kommo has named the recipient. */
      withoutRecipient?: { isSure: boolean };
      /** The same of the contact to which it is added; `isNotTaken` where Kommo takes no contact by its id. */
      withoutContact?: { isNotTaken: boolean };
    }
  | { move: "suspect"; dueAt: number; settlesAt: number; isHalved: boolean }
  | { move: "reject"; errors: Refusal[number]["errors"] }
  | { move: "ask_admin"; problem: "unclear" | "merged" | "unsendable" };

export type Result = Map<string, Arrival> | AppError;

type Sent = {
  id: string;
  tries: number;
  dueAt: number;
  failedAlone: number;
  createdAt: number;
  recipient?: Recipient;
  contactId?: number | null;
};
/** `lateMs`: how long a request without an answer of Kommo's application may still be applied. */
type Times = { now: number; uptime: number; lateMs: number };

// Kommo's application has answered, so it is soon done; a gateway, or nobody, says nothing of what goes on behind it.
const APPLICATION_SETTLES_MS = 20_000;
const FIRST_LOOK_MS = 2000;
const LONGEST_LOOK_PAUSE_MS = 5 * 60_000;
/** Where the lead and the contact say who is responsible. */
const RECIPIENT = /responsible_user_id$/;
/** A lead that is added to a contact sends nothing of it but its id. */
const CONTACT = /contacts\.0(?:\.|$)/;
/** Kommo does not know such a part of a request at all (docs/kommo-api.md §1.3). */
const NOT_TAKEN = "FieldNotExpected";
const MOST_FAILURES_ALONE = 3;
const FAILURES_WITH_CONTACT = 2;
const PATIENCE_MS = 15 * 60_000;
/** For so long Kommo's lists may be late with what is new: our clock does not say how old that is, as it may jump. */
const UNSHOWN_MS = 5 * 60_000;

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
  const suspect = (settlesMs: number, isHalved: boolean): Decision => ({
    move: "suspect",
    dueAt: now + FIRST_LOOK_MS,
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

type Suspect = (settlesMs: number, isHalved: boolean) => Decision;

/**
 * Nobody has seen Kommo create a part of a batch that it rejects, nor has Kommo ruled it out (docs/kommo-api.md §1.3): the
 * others are looked for, like after any other answer of the application, before they go again.
 */
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
  return (lead) => {
    const { id } = lead;
    const errors = refusal
      .filter(({ request_id }) => isAlone || request_id === id)
      .flatMap((group) => group.errors);
    if (errors.length === 0) return suspect(APPLICATION_SETTLES_MS, false);
    return decideWithout(errors, lead, now) ?? { move: "reject", errors };
  };
}

/**
 * Who gets a lead, and whose contact it is, must not keep it from arriving: it goes again at once without what Kommo names.
 * Where Kommo names nothing, first without its contact, which no document promises, and then without its recipient.
 */
function decideWithout(
  errors: Refusal[number]["errors"],
  { recipient, contactId }: Sent,
  now: number,
): Decision | undefined {
  const again = { move: "requeue", problem: null, dueAt: now } as const;
  const hasContact = typeof contactId === "number";
  const hasRecipient = hasUser(recipient);
  const ofContact = hasContact ? errors.filter(({ path }) => CONTACT.test(path)) : [];
  const isOfRecipient = hasRecipient && errors.some(({ path }) => RECIPIENT.test(path));
  const isNotTaken = ofContact.some(({ code }) => code === NOT_TAKEN);
  if (ofContact.length > 0 || isOfRecipient)
    return {
      ...again,
      ...(ofContact.length > 0 && { withoutContact: { isNotTaken } }),
      ...(isOfRecipient && { withoutRecipient: { isSure: true } }),
    };
  if (errors.some(({ path }) => path !== "")) return undefined;
  if (hasContact) return { ...again, withoutContact: { isNotTaken: false } };
  return hasRecipient ? { ...again, withoutRecipient: { isSure: false } } : undefined;
}

/**
 * Kommo's application took none of the request, and says of no lead why. A lead alone goes without its contact at once, and
 * without its recipient before the admin is asked.
 */
function decideUntaken(
  { failedAlone, createdAt, recipient, contactId }: Sent,
  size: number,
  { now, random }: { now: number; random: () => number },
): Decision {
  const again = { move: "requeue", problem: "not_accepted", isHalved: true } as const;
  if (size > 1) return { ...again, dueAt: now };
  if (typeof contactId === "number") return { ...again, dueAt: now, withoutContact: { isNotTaken: false } };
  const failures = failedAlone + 1;
  if (!isToBlame(failures, createdAt, now)) return { ...again, dueAt: now + backoffMs(failures, random) };
  if (hasUser(recipient)) return { ...again, dueAt: now, withoutRecipient: { isSure: false } };
  return { move: "ask_admin", problem: "unsendable" };
}

function hasUser(recipient: Recipient | undefined): boolean {
  return typeof recipient?.userId === "number";
}

/** Within that time it may be Kommo that takes nothing of anybody. */
function isToBlame(failuresAlone: number, createdAt: number, now: number): boolean {
  return failuresAlone >= MOST_FAILURES_ALONE && now - createdAt > PATIENCE_MS;
}

export type Searched = "absent" | "unsure" | "unshown" | "merged" | Arrival | undefined;

type ToVerify = {
  tries: number;
  sentAt: number | null;
  createdAt: number;
  settlesAt: number | null;
  batchLimit: number | null;
  failedAlone: number;
  recipient?: Recipient;
  contactId?: number | null;
};

/**
 * What becomes of an unconfirmed lead after a look in Kommo; undefined is a look that could not be finished. `uptime` is that
 * of the moment before anything was read.
 */
export function decideSearched(
  lead: ToVerify,
  found: Searched,
  { now, uptime }: Pick<Times, "now" | "uptime">,
  random: () => number = Math.random,
): Decision {
  if (typeof found === "object") return { move: "confirm", arrival: found };
  const settlesAt = lead.settlesAt ?? 0;
  const leftMs = settlesAt - uptime;
  const mayBeShownYet = found === "unshown" && -leftMs < UNSHOWN_MS;
  if (found === undefined || leftMs > 0 || mayBeShownYet) {
    const sinceMs = Math.max(FIRST_LOOK_MS, now - (lead.sentAt ?? lead.createdAt));
    // Looks that fail are not counted: the longer they have, the longer is the next pause.
    const pauseMs = Math.max(backoffMs(lead.tries + 1, random), Math.min(-leftMs, LONGEST_LOOK_PAUSE_MS));
    const waitMs = leftMs > 0 ? Math.min(sinceMs, leftMs) : pauseMs;
    return { move: "suspect", dueAt: now + waitMs, settlesAt, isHalved: false };
  }
  if (found !== "absent") return { move: "ask_admin", problem: found === "merged" ? "merged" : "unclear" };
  const again = { move: "requeue", problem: null, isResent: true } as const;
  // Perhaps its contact is to blame, which no document promises that Kommo takes.
  if (typeof lead.contactId === "number" && lead.failedAlone >= FAILURES_WITH_CONTACT)
    return { ...again, dueAt: now, withoutContact: { isNotTaken: false } };
  if (isToBlame(lead.failedAlone, lead.createdAt, now))
    return hasUser(lead.recipient)
      ? { ...again, dueAt: now, withoutRecipient: { isSure: false } }
      : { move: "ask_admin", problem: "unsendable" };
  // It failed in company only, perhaps because of another: it goes on with half as many.
  if (lead.batchLimit !== null && lead.failedAlone === 0) return { ...again, dueAt: now };
  const dueAt = lead.tries === 0 ? now : now + backoffMs(lead.tries, random);
  return { ...again, dueAt, isBackOff: true };
}

/** How many may go together after a batch of this size had no answer; undefined where its size is not to blame. */
export function toBatchLimit(decision: Decision, size: number): number | undefined {
  return "isHalved" in decision && decision.isHalved ? toHalf(size) : undefined;
}
