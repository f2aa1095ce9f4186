export const leadStates = [
  "to_check",
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

/** Why a lead of a website form waits to be checked: `intake.reasons.<reason>` of messages/. */
export const suspicions = ["spam_trap", "spam_token", "spam_fast", "spam_proof", "spam_rate"] as const;
export type Suspicion = (typeof suspicions)[number];

type Move = { from: readonly LeadState[]; to: LeadState };

/** The only changes of a lead's state: drawn in `docs/architecture.md`, made by `lib/leads/transitions.ts`. */
export const transitions = {
  /** The author has corrected the lead. The undo window starts again. */
  correct: { from: ["held", "needs_fix", "withdrawn"], to: "held" },
  withdraw: { from: ["held"], to: "withdrawn" },
  /** A head has looked at a suspicious lead of a website form. */
  release: { from: ["to_check"], to: "queued" },
  discard: { from: ["to_check"], to: "withdrawn" },
  claim: { from: ["held", "queued"], to: "sending" },
  /** The lead was not sent, or certainly did not arrive, so it is sent again. */
  requeue: { from: ["sending", "checking"], to: "queued" },
  /** Unconfirmed: it is verified in Kommo before it is sent again. */
  suspect: { from: ["sending", "checking"], to: "checking" },
  confirm: {
    from: ["to_check", "held", "queued", "sending", "checking", "needs_fix", "needs_admin", "withdrawn"],
    to: "confirmed",
  },
  /** Kommo rejects something that the author can correct. */
  reject: { from: ["sending"], to: "needs_fix" },
  ask_admin: { from: ["sending", "checking"], to: "needs_admin" },
  /** A head lets its author correct a lead that is surely not in Kommo. */
  hand_back: { from: ["needs_admin"], to: "needs_fix" },
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

/** States that wait for a person; how each is left is told at the lead. */
export const stuckStates = ["needs_fix", "needs_admin"] as const satisfies readonly LeadState[];

/** All that a person has to look at. */
export const statesToDecide = [...stuckStates, "to_check"] as const satisfies readonly LeadState[];

/** They leave only if a person wants it; after a restore they are looked for in Kommo before they do. */
export const statesKeptBack = ["withdrawn", "to_check"] as const satisfies readonly LeadState[];

/** What people in Kommo have done with a confirmed lead. We only read it. */
export const outcomes = ["incoming", "accepted", "won", "lost", "declined", "deleted", "merged"] as const;
export type Outcome = (typeof outcomes)[number];
