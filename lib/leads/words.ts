/** The typed fields of a lead, in the order of the form. UTM names are the URL's own. */
export const quickFields = ["phone", "name", "surname", "telegram", "source"] as const;
export const moreFields = [
  "email",
  "profession",
  "education",
  "income",
  "utm_medium",
  "utm_campaign",
  "utm_content",
  "utm_term",
  "referrer",
] as const;
export const leadFields = [...quickFields, ...moreFields] as const;
export type LeadField = (typeof leadFields)[number];

/** Why a lead goes although its person is known already, in the order of their digits. */
export const reasons = ["second_request", "other_person", "other"] as const;
export type Reason = (typeof reasons)[number];

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

/** Of leads that have arrived, how long their attempts are kept. */
export const ATTEMPTS_KEPT_DAYS = 90;
