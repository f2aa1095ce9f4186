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
export const leadFields = [...quickFields, ...moreFields] as const;
export type LeadField = (typeof leadFields)[number];

/** Why a seller sends a lead in spite of a duplicate, in the order of the number keys that choose it. */
export const reasons = ["second_request", "other_person", "other"] as const;
export type Reason = (typeof reasons)[number];
