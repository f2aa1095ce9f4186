import * as z from "zod/mini";
import { leadFields, reasons } from "./fields";
import { leadStates, outcomes } from "./states";

// Control characters and bidi overrides are invisible and cannot be searched for; PostgreSQL refuses NUL.
const INVISIBLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
// Joiners are legitimate in some scripts and emoji, but a text of only joiners is empty.
const NOTHING_TO_SEE = /^[\p{Cf}\s]*$/u;

function clean(value: string): string {
  const text = value.toWellFormed().normalize("NFC").replace(INVISIBLE, " ").trim();
  return NOTHING_TO_SEE.test(text) ? "" : text;
}

function cleanText(value: string): string {
  return value.split(/\r?\n/).map(clean).join("\n").trim();
}

const MAX_ENTRY_MS = 60 * 60 * 1000;

const line = (max: number) => z.string().check(z.overwrite(clean), z.maxLength(max, "too_long"));
const address = z.email();

/** An option's id for a list, several ids for a multiple choice, "true" for a checkbox, `YYYY-MM-DD` for a date. */
export const customSchema = z.record(
  z.string().check(z.maxLength(40)),
  z.union([
    z.string().check(z.overwrite(cleanText), z.maxLength(4000, "too_long")),
    z.array(line(20)).check(z.maxLength(200)),
  ]),
);
export type CustomValues = z.infer<typeof customSchema>;

export function toCustom(text: string | null): CustomValues {
  return text === null ? {} : customSchema.parse(JSON.parse(text));
}

/** The issues' messages are keys: `lead.problems.<key>` in messages/. */
export const leadSchema = z
  .object({
    id: z.uuid(),
    phone: line(64),
    /** The phone as typed, when the form has reformatted it. */
    phone_raw: z.optional(line(64)),
    name: line(120),
    surname: line(120),
    telegram: line(120),
    source: line(120),
    email: line(254).check(
      z.refine((email) => email === "" || address.safeParse(email).success, "email_invalid"),
    ),
    profession: line(255),
    education: line(255),
    income: line(32).check(
      z.overwrite((value) => value.replaceAll(/\s/g, "").replace(",", ".")),
      z.refine((value) => /^(\d+(\.\d{1,2})?)?$/.test(value), "income_invalid"),
    ),
    utm_medium: line(255),
    utm_campaign: line(255),
    utm_content: line(255),
    utm_term: line(255),
    referrer: line(2000),
    custom: z.optional(customSchema),
    anyway: z.optional(z.enum(reasons)),
    /** It only feeds a statistic, so a nonsensical value is dropped and not refused. */
    entry_ms: z.catch(z.optional(z.int().check(z.gte(0), z.lte(MAX_ENTRY_MS))), undefined),
  })
  .check(
    z.superRefine((lead, context) => {
      if (!lead.name && !lead.surname) {
        context.addIssue({ code: "custom", path: ["name"], message: "name_missing" });
      }
      if (!lead.phone && !lead.telegram && !lead.email) {
        context.addIssue({ code: "custom", path: ["phone"], message: "contact_missing" });
      }
    }),
  );
export type Lead = z.infer<typeof leadSchema>;

export const leadIdSchema = z.uuid();
export const leadStateSchema = z.enum(leadStates);

export const refusedFieldSchema = z.object({
  field: z.nullable(z.enum(leadFields)),
  key: z.optional(z.string()),
  code: z.string(),
  path: z.string(),
});
export type RefusedField = z.infer<typeof refusedFieldSchema>;

/** `place` is the field that refuses the value; `isSent`: the fallback field takes it. */
export const fallbackValueSchema = z.object({ place: z.string(), isSent: z.boolean() });

/** `dueAt` and `createdAt` are epoch milliseconds. */
export const leadSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  contact: z.string(),
  source: z.nullable(z.string()),
  author: z.string(),
  state: leadStateSchema,
  problem: z.nullable(z.string()),
  tries: z.number(),
  dueAt: z.number(),
  createdAt: z.number(),
  kommoLeadId: z.nullable(z.number()),
  kommoUrl: z.nullable(z.string()),
  outcome: z.nullable(z.enum(outcomes)),
  /** The address of a second copy in Kommo. */
  twinUrl: z.nullable(z.string()),
});
export type LeadSummary = z.infer<typeof leadSummarySchema>;

export const leadToCorrectSchema = z.object({
  id: z.string(),
  state: leadStateSchema,
  values: z.record(z.enum(leadFields), z.string()),
  custom: customSchema,
  /** Input names: our fields, and `custom.<key>`. */
  wrong: z.array(z.string()),
});
export type LeadToCorrect = z.infer<typeof leadToCorrectSchema>;

/** Times are epoch milliseconds. Leads that the reader may not see have no id. */
export const duplicatesSchema = z.object({
  matches: z.array(
    z.object({
      strength: z.enum(["exact", "weak"]),
      by: z.enum(["phone", "telegram", "email", "name"]),
      why: z.optional(z.enum(["one_digit", "swapped", "same_name_today"])),
      author: z.string(),
      createdAt: z.number(),
      state: leadStateSchema,
      outcome: z.nullable(z.enum(outcomes)),
      leadId: z.nullable(z.string()),
    }),
  ),
  wasErased: z.optional(z.literal(true)),
});
export type Duplicates = z.infer<typeof duplicatesSchema>;

/** Kommo's contacts with the typed phone. `isSilent`: Kommo did not answer in time. */
export const kommoContactsSchema = z.object({
  contacts: z.array(z.object({ contactId: z.number(), name: z.null(), url: z.string() })),
  isSilent: z.boolean(),
});
export type KommoContacts = z.infer<typeof kommoContactsSchema>;
