import { z } from "zod";

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

// Control characters and bidi overrides can neither be seen nor searched; PostgreSQL refuses NUL.
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
// Joiners belong inside some scripts and emoji; a text of nothing else is empty.
const NOTHING_TO_SEE = /^[\p{Cf}\s]*$/u;

function clean(value: string): string {
  const text = value.toWellFormed().normalize("NFC").replace(INVISIBLE, " ").trim();
  return NOTHING_TO_SEE.test(text) ? "" : text;
}

/** As clean, but a text of several lines keeps them. */
function cleanText(value: string): string {
  return value.split(/\r?\n/).map(clean).join("\n").trim();
}

const line = (max: number) => z.string().overwrite(clean).max(max, "too_long");

/**
 * As typed: the id of the option for one of a list, ids for several, "true" for a tick, `YYYY-MM-DD` for a date, else the
 * text.
 */
export const customSchema = z.record(
  z.string().max(40),
  z.union([z.string().overwrite(cleanText).max(4000, "too_long"), z.array(line(20)).max(200)]),
);
export type CustomValues = z.infer<typeof customSchema>;

/** Issues carry the key of their sentence: `lead.problems.<key>` in messages/. */
export const leadSchema = z
  .object({
    id: z.uuid(),
    phone: line(64),
    name: line(120),
    surname: line(120),
    telegram: line(120),
    source: line(120),
    email: line(254).refine((email) => email === "" || z.email().safeParse(email).success, "email_invalid"),
    profession: line(255),
    education: line(255),
    income: line(32)
      .overwrite((value) => value.replaceAll(/\s/g, "").replace(",", "."))
      .refine((value) => /^(\d+(\.\d{1,2})?)?$/.test(value), "income_invalid"),
    utm_medium: line(255),
    utm_campaign: line(255),
    utm_content: line(255),
    utm_term: line(255),
    referrer: line(2000),
    /** Fields that the published mapping puts on the form, by their key. */
    custom: customSchema.optional(),
  })
  .superRefine((lead, context) => {
    if (!lead.name && !lead.surname) {
      context.addIssue({ code: "custom", path: ["name"], message: "name_missing" });
    }
    if (!lead.phone && !lead.telegram && !lead.email) {
      context.addIssue({ code: "custom", path: ["phone"], message: "contact_missing" });
    }
  });
export type Lead = z.infer<typeof leadSchema>;

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

/** States that change without anybody's help; the tray polls while it shows one of them. */
export const statesUnderWay: readonly LeadState[] = ["held", "queued", "sending", "checking"];

/** What Kommo refused of a lead: our field where it is one of ours, Kommo's code, and the path as it came. */
export const refusedFieldSchema = z.object({
  field: z.enum(leadFields).nullable(),
  /** Of a field that the mapping puts on the form. */
  key: z.string().optional(),
  code: z.string(),
  path: z.string(),
});
export type RefusedField = z.infer<typeof refusedFieldSchema>;

/** A value that its own field in Kommo does not take: by its place, and whether another field has it, labelled. */
export const parkedSchema = z.object({ place: z.string(), isSent: z.boolean() });

/** What people in Kommo have done with a confirmed lead: read, never written. */
export const outcomes = ["incoming", "accepted", "declined"] as const;
export type Outcome = (typeof outcomes)[number];

/** A lead as the tray and the list show it. `dueAt` and `createdAt` are epoch milliseconds. */
export const leadSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  contact: z.string(),
  source: z.string().nullable(),
  author: z.string(),
  state: z.enum(leadStates),
  problem: z.string().nullable(),
  tries: z.number(),
  dueAt: z.number(),
  createdAt: z.number(),
  kommoLeadId: z.number().nullable(),
  kommoUrl: z.string().nullable(),
  outcome: z.enum(outcomes).nullable(),
});
export type LeadSummary = z.infer<typeof leadSummarySchema>;

/** A lead that may be the person being typed. Times are epoch milliseconds; what is not the asker's has no id. */
export const knownSchema = z.object({
  matches: z.array(
    z.object({
      strength: z.enum(["exact", "weak"]),
      by: z.enum(["phone", "telegram", "email", "name"]),
      why: z.enum(["one_digit", "swapped", "same_name_today"]).optional(),
      author: z.string(),
      createdAt: z.number(),
      state: z.enum(leadStates),
      outcome: z.enum(outcomes).nullable(),
      leadId: z.string().nullable(),
    }),
  ),
  wasErased: z.literal(true).optional(),
});
export type Known = z.infer<typeof knownSchema>;

/** Contacts of Kommo with the typed phone; `isSilent`: Kommo did not answer in time. */
export const knownInKommoSchema = z.object({
  contacts: z.array(z.object({ contactId: z.number(), name: z.null(), url: z.string() })),
  isSilent: z.boolean(),
});
export type KnownInKommo = z.infer<typeof knownInKommoSchema>;
