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

/** How a lead came: typed into the form, a list of people that was pasted, or a website form's address. */
export const waysIn = ["form", "import", "website"] as const;
export type WayIn = (typeof waysIn)[number];

/** In which a form can be used: the desk's own two, and those of website forms. */
export const formLanguages = ["en", "ru", "es", "pt"] as const;
export type FormLanguage = (typeof formLanguages)[number];

/** As the choice of a contact of Kommo: a new one. */
export const NEW_CONTACT = 0;
