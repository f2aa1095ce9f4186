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

/** The only changes of a lead's state: drawn in `docs/architecture.md`, made by `lib/leads/transitions.ts`. */
export const transitions = {
  /** The author has corrected the lead. The undo window starts again. */
  correct: { from: ["held", "needs_fix", "withdrawn"], to: "held" },
  withdraw: { from: ["held"], to: "withdrawn" },
  claim: { from: ["held", "queued"], to: "sending" },
  /** The lead was not sent, or certainly did not arrive, so it is sent again. */
  requeue: { from: ["sending", "checking"], to: "queued" },
  /** Unconfirmed: it is verified in Kommo before it is sent again. */
  suspect: { from: ["sending", "checking"], to: "checking" },
  confirm: {
    from: ["held", "queued", "sending", "checking", "needs_fix", "needs_admin", "withdrawn"],
    to: "confirmed",
  },
  /** Kommo rejects something that the author can correct. */
  reject: { from: ["sending"], to: "needs_fix" },
  ask_admin: { from: ["sending", "checking"], to: "needs_admin" },
  /** A person, or a new version of the mapping, sends it again. */
  resend: { from: ["needs_fix", "needs_admin"], to: "queued" },
  settle: { from: ["needs_fix", "needs_admin"], to: "confirmed" },
  /** A restored back-up does not know what was sent after it was made. */
  restore: { from: ["held", "queued", "sending", "checking", "needs_fix", "needs_admin"], to: "checking" },
} as const satisfies Record<string, Move>;
export type Transition = keyof typeof transitions;

/** The lead has not been sent and its author may still change it. */
export const correctableStates: readonly LeadState[] = transitions.correct.from;

/** States that change without a person. The tray polls while it shows one of them. */
export const statesUnderWay: readonly LeadState[] = ["held", "queued", "sending", "checking"];

/** What people in Kommo have done with a confirmed lead. We only read it. */
export const outcomes = ["incoming", "accepted", "declined"] as const;
export type Outcome = (typeof outcomes)[number];
