/** The fields of a lead in the order of the form. UTM names are the ones used in URLs. */
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
export const leadFields = [...quickFields, "comment", ...moreFields] as const;
export type LeadField = (typeof leadFields)[number];

/** Longer than what people type, and short enough for a text area of Kommo. */
export const MAX_COMMENT = 4000;
/** Of what a website sends nothing is cut: more than all of its fields with their names. */
export const MAX_RECEIVED_COMMENT = 128 * 1024;

/** Why a seller sends a lead in spite of a duplicate, in the order of the number keys that choose it. */
export const reasons = ["second_request", "other_person", "other"] as const;
export type Reason = (typeof reasons)[number];
