import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";
import { cleanContact, cleanLine, cleanLines } from "./clean-text";
import { isEmail, toEmail } from "./email";
import { formLanguages, leadFields, MAX_COMMENT, MAX_RECEIVED_COMMENT, NEW_CONTACT, reasons } from "./fields";
import { toIncome } from "./income";
import { leadStates, outcomes } from "./states";

const MAX_VERSION = 1_000_000_000;
const MAX_ENTRY_MS = 60 * 60 * 1000;

// Marks that cannot be seen may be as many again; what is longer is not worth cleaning.
const SPARE = 4;

const cleaned = (max: number, clean: (text: string) => string) =>
  limitedText(SPARE * max).check(z.overwrite(clean), z.maxLength(max, "too_long"));
const line = (max: number) => cleaned(max, cleanLine);
const contact = (max: number) => cleaned(max, cleanContact);

/** An option's id for a list, several ids for a multiple choice, "true" for a checkbox, `YYYY-MM-DD` for a date. */
export const customSchema = z.record(
  z.string().check(z.maxLength(40)),
  // The form sends these two kinds alone, so nothing else can be wrong with one.
  z.union([cleaned(4000, cleanLines), z.array(line(20)).check(z.maxLength(200))], "too_long"),
);
export type CustomValues = z.infer<typeof customSchema>;

export function toCustom(text: string | null): CustomValues {
  return text === null ? {} : customSchema.parse(JSON.parse(text));
}

/** Each value by itself: cleaned, and not too long. */
export const writtenSchema = z.object({
  id: z.uuid(),
  phone: contact(64),
  /** The phone as typed, when the form has reformatted it. */
  phone_raw: z.optional(line(64)),
  name: line(120),
  surname: line(120),
  telegram: contact(120),
  source: line(120),
  /** A form that was opened before the field came sends none. */
  comment: z._default(cleaned(MAX_COMMENT, cleanLines), ""),
  email: cleaned(254, toEmail).check(z.refine((email) => email === "" || isEmail(email), "email_invalid")),
  profession: line(255),
  education: line(255),
  income: cleaned(32, toIncome).check(
    z.refine((value) => /^(\d+(\.\d{1,2})?)?$/.test(value), "income_invalid"),
  ),
  utm_medium: line(255),
  utm_campaign: line(255),
  utm_content: line(255),
  utm_term: line(255),
  referrer: line(2000),
  custom: z.optional(customSchema),
  anyway: z.optional(z.enum(reasons)),
  /** The version of the text that the person has agreed to. */
  consent_version: z.optional(z.int().check(z.gte(1), z.lte(MAX_VERSION))),
  /** It only feeds a statistic, so a nonsensical value is dropped and not refused. */
  entry_ms: z.catch(z.optional(z.int().check(z.gte(0), z.lte(MAX_ENTRY_MS))), undefined),
  // These only help to choose who gets the lead, so a nonsensical value is dropped as well.
  through: z.catch(z.optional(z.literal("import")), undefined),
  language: z.catch(z.optional(z.enum(formLanguages)), undefined),
  /** The contact of Kommo that it belongs to, or a new one, as its author has chosen. */
  contact: z.catch(z.optional(z.int().check(z.gte(NEW_CONTACT))), undefined),
});

const hasContact = z.superRefine<Record<"phone" | "telegram" | "email", string>>((lead, context) => {
  if (!lead.phone && !lead.telegram && !lead.email)
    context.addIssue({ code: "custom", path: ["phone"], message: "contact_missing" });
});

const receivedFields = z.extend(writtenSchema, {
  comment: z._default(cleaned(MAX_RECEIVED_COMMENT, cleanLines), ""),
});
/** What a website form sends may have no name, and a comment that is longer than people type. */
export const receivedSchema = receivedFields.check(hasContact);

/** In what state a saved lead was when it was read for its correction, and when (epoch ms, the server's). */
export const openedSchema = z.object({ state: z.enum(leadStates), at: z.number() });
/** A press may come hours after the lead was opened, as one that waited for a connection. */
export const correctionSchema = z
  .extend(receivedFields, { opened: z.catch(z.optional(openedSchema), undefined) })
  .check(hasContact);
export type Correction = z.infer<typeof correctionSchema>;

/** The issues' messages are keys: `lead.problems.<key>` in messages/. */
export const leadSchema = writtenSchema.check(
  z.superRefine((lead, context) => {
    if (!lead.name && !lead.surname) {
      context.addIssue({ code: "custom", path: ["name"], message: "name_missing" });
    }
  }),
  hasContact,
);
export type Lead = z.infer<typeof leadSchema>;

export const leadIdSchema = z.uuid();
/** What a head says of a suspicious lead. */
export const checkedSchema = z.object({ id: z.uuid(), isGood: z.boolean() });
export const leadStateSchema = z.enum(leadStates);

export const refusedFieldSchema = z.object({
  field: z.nullable(z.enum(leadFields)),
  key: z.optional(z.string()),
  code: z.string(),
  path: z.string(),
});
export type RefusedField = z.infer<typeof refusedFieldSchema>;

/** `place` is the field that refuses the value; `isSent`: the fallback field takes it, `isCut`: no more than its beginning. */
export const fallbackValueSchema = z.object({
  place: z.string(),
  isSent: z.boolean(),
  isCut: z.optional(z.literal(true)),
});

/** `dueAt` and `createdAt` are epoch milliseconds. */
export const leadSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  contact: z.string(),
  source: z.nullable(z.string()),
  author: z.string(),
  /** The author is a website form, whose name it is. */
  byForm: z.boolean(),
  state: leadStateSchema,
  problem: z.nullable(z.string()),
  tries: z.number(),
  dueAt: z.number(),
  createdAt: z.number(),
  kommoLeadId: z.nullable(z.number()),
  kommoUrl: z.nullable(z.string()),
  outcome: z.nullable(z.enum(outcomes)),
  /** What became of it in Kommo, by its clock (epoch ms); null until somebody there has done something with it. */
  there: z.nullable(
    z.object({
      stage: z.nullable(z.object({ name: z.string(), color: z.string() })),
      acceptedAt: z.nullable(z.number()),
      /** The name of who accepted it; null where nobody knows. */
      acceptedBy: z.nullable(z.string()),
      /** How long that took after it had arrived. */
      acceptedAfterMs: z.nullable(z.number()),
      closedAt: z.nullable(z.number()),
      lossReason: z.nullable(z.string()),
      mergedUrl: z.nullable(z.string()),
    }),
  ),
  /** The address of a second copy in Kommo. */
  twinUrl: z.nullable(z.string()),
});
export type LeadSummary = z.infer<typeof leadSummarySchema>;

export const leadToCorrectSchema = z.object({
  id: z.string(),
  state: leadStateSchema,
  values: z.record(z.enum(leadFields), z.string()),
  custom: customSchema,
  byForm: z.optional(z.literal(true)),
  /** The contact of Kommo that its author has chosen. */
  contact: z.optional(z.number()),
  /** Epoch milliseconds, the server's. */
  readAt: z.number(),
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
      /** Null, as the id is, to a seller whose colleague's lead it is. */
      title: z.nullable(z.string()),
      author: z.string(),
      byForm: z.boolean(),
      createdAt: z.number(),
      state: leadStateSchema,
      outcome: z.nullable(z.enum(outcomes)),
      leadId: z.nullable(z.string()),
    }),
  ),
  wasErased: z.optional(z.literal(true)),
  /** Some are not shown, as this seller has seen too many of colleagues today. */
  isCapped: z.optional(z.literal(true)),
});
export type Duplicates = z.infer<typeof duplicatesSchema>;

/**
 * Kommo's contacts with the typed phone. One to which the lead can be added has its name, which may be empty, and who is
 * responsible for it there. `isSilent`: Kommo did not answer in time.
 */
export const kommoContactsSchema = z.object({
  contacts: z.array(
    z.object({
      contactId: z.number(),
      name: z.nullable(z.string()),
      owner: z.nullable(z.string()),
      url: z.string(),
    }),
  ),
  isSilent: z.boolean(),
  isCapped: z.optional(z.literal(true)),
});
export type KommoContacts = z.infer<typeof kommoContactsSchema>;
