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

/** States in which the lead has not left and its author may still change it. */
export const correctableStates: readonly LeadState[] = ["held", "needs_fix", "withdrawn"];

/** States that change without anybody's help; the tray polls while it shows one of them. */
export const statesUnderWay: readonly LeadState[] = ["held", "queued", "sending", "checking"];

/** What people in Kommo have done with a confirmed lead: read, never written. */
export const outcomes = ["incoming", "accepted", "declined"] as const;
export type Outcome = (typeof outcomes)[number];
