export const leadStates = [
  "held",
  "queued",
  "sending",
  "checking",
  "confirmed",
  "needs_fix",
  "needs_admin",
  "withdrawn",
] as const;
export type LeadState = (typeof leadStates)[number];

type Move = { from: readonly LeadState[]; to: LeadState };

/**
 * Every change of state that there is: where it may start and where it ends. `docs/architecture.md` draws this table, and
 * `lib/leads/transitions.ts` makes the statements of it.
 */
export const transitions = {
  /** Its author changes what was typed; the undo window starts again. */
  correct: { from: ["held", "needs_fix", "withdrawn"], to: "held" },
  withdraw: { from: ["held"], to: "withdrawn" },
  claim: { from: ["held", "queued"], to: "sending" },
  /** It was not sent, or surely did not arrive: it goes again. */
  requeue: { from: ["sending", "checking"], to: "queued" },
  /** It may be in Kommo or not, and is looked for there before anything is sent again. */
  suspect: { from: ["sending", "checking"], to: "checking" },
  confirm: {
    from: ["held", "queued", "sending", "checking", "needs_fix", "needs_admin", "withdrawn"],
    to: "confirmed",
  },
  /** Kommo rejects what its author can mend. */
  reject: { from: ["sending"], to: "needs_fix" },
  ask_admin: { from: ["sending", "checking"], to: "needs_admin" },
  /** A person, or a mended mapping, lets it go again. */
  resend: { from: ["needs_fix", "needs_admin"], to: "queued" },
  settle: { from: ["needs_fix", "needs_admin"], to: "confirmed" },
  /** A restored back-up does not know what was sent after it was made. */
  restore: { from: ["held", "queued", "sending", "checking", "needs_fix", "needs_admin"], to: "checking" },
} as const satisfies Record<string, Move>;
export type Transition = keyof typeof transitions;

/** States in which the lead has not left and its author may still change it. */
export const correctableStates: readonly LeadState[] = transitions.correct.from;

/** States that change without anybody's help; the tray polls while it shows one of them. */
export const statesUnderWay: readonly LeadState[] = ["held", "queued", "sending", "checking"];

/** What people in Kommo have done with a confirmed lead: read, never written. */
export const outcomes = ["incoming", "accepted", "declined"] as const;
export type Outcome = (typeof outcomes)[number];
