import { z } from "zod";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { type CustomValues, refusedFieldSchema } from "@/lib/domain/lead/schema";

/** Name and surname are the contact's own; every other typed field goes to a custom field of Kommo. */
export const mappableFields = leadFields.filter(isMappable);
export type MappableField = Exclude<(typeof leadFields)[number], "name" | "surname">;

export const contactFields: readonly MappableField[] = ["phone", "email", "telegram"];

/** Without these a lead is of no use to anybody: a lead whose value of it has nowhere to go waits for the admin. */
export const vitalFields: readonly MappableField[] = ["phone"];

const chosenSchema = z.object({ id: z.number().int(), value: z.string() });

/** Where a value goes. `name`, `type` and `options` are as they were at the publishing: drift is told from them. */
export const targetSchema = z.object({
  entity: z.enum(["contacts", "leads"]),
  fieldId: z.number().int().positive(),
  enumCode: z.string().optional(),
  type: z.string().optional(),
  name: z.string().optional(),
  options: z.array(chosenSchema).optional(),
  /** Options that it had at an earlier publishing and Kommo has no more: what was typed with them keeps its words. */
  former: z.array(chosenSchema).optional(),
});
export type Target = z.infer<typeof targetSchema>;

const wordsSchema = z.object({
  en: z.string().trim().max(120).default(""),
  ru: z.string().trim().max(120).default(""),
});

/** Any other field of Kommo on the form; the order of the list is the order on the form. */
export const customFieldSchema = z.object({
  /** `entity:fieldId`, and so the same in every version. */
  key: z.string().regex(/^(leads|contacts):\d+$/),
  target: targetSchema,
  label: wordsSchema,
  help: wordsSchema.default({ en: "", ru: "" }),
  required: z.boolean().default(false),
});
export type CustomField = z.infer<typeof customFieldSchema>;

export const sourceSchema = z.object({
  name: z.string().trim().max(120),
  /** Sent as utm_source. */
  value: z.string().trim().max(120),
  aliases: z.array(z.string().trim().min(1).max(120)).default([]),
});
export type Source = z.infer<typeof sourceSchema>;

/** Where each typed field goes in Kommo, the names an incoming lead carries, and the rules of the form. */
export const mappingSchema = z.object({
  pipelineId: z.number().int().positive(),
  /** As at the publishing, for drift. */
  pipelineName: z.string().optional(),
  sourceName: z.string().trim().max(255).default("Internal Team Form"),
  formId: z.string().trim().max(255).default("internal-team-form"),
  formName: z.string().trim().max(255).default("Team Lead Submission"),
  /** Null: the desk's own page of the lead. `{id}` is the lead's id. */
  formPage: z.string().trim().max(500).nullable().default(null),
  leadName: z.string().trim().max(250).default("Заявка: {name} {surname}"),
  tags: z.array(z.string().trim().min(1).max(120)).default([]),
  fields: z.partialRecord(z.enum(mappableFields), targetSchema),
  /** Of a field of ours that is a list in Kommo: the option's id by our word, as toOptionKey writes it. */
  optionsOf: z.partialRecord(z.enum(mappableFields), z.record(z.string(), z.number().int())).default({}),
  custom: z.array(customFieldSchema).default([]),
  sources: z.array(sourceSchema).default([]),
  isFreeSource: z.boolean().default(true),
  /** A text field that takes, labelled, what has no other place. */
  parkIn: targetSchema.nullable().default(null),
  /** A text field of the lead that carries our lead's id: by it a lead is found in Kommo whatever people edit there. */
  reference: targetSchema.nullable().default(null),
  defaultCountry: z.string().length(2).default("RU"),
  holdSeconds: z.number().int().min(0).max(3600).default(10),
  /** Fields, as `entity:fieldId`, that a stage wanted at the publishing: no news any more. */
  knownRequired: z.array(z.string()).default([]),
  /** Of those the ones that people fill in Kommo, as an admin has said: nothing is to be told of them again. */
  leftToKommo: z.array(z.object({ place: z.string(), name: z.string() })).default([]),
  /** Fields that were on the form at an earlier publishing, as they last were. */
  retired: z.array(customFieldSchema).default([]),
  /** Of the account, by which a date becomes seconds. */
  timeZone: z.string().default("UTC"),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** A version that lies in the database; 0 when nothing was published yet. */
export const publishSchema = z.object({ mapping: mappingSchema, basedOn: z.number().int().min(0) });
export const rollBackSchema = z.object({
  version: z.number().int().positive(),
  basedOn: publishSchema.shape.basedOn,
});
export type RollBack = z.infer<typeof rollBackSchema>;
export const draftSchema = publishSchema;

/** How a word is compared with an option's: case, blanks and ё do not matter. */
export function toOptionKey(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase().replaceAll("ё", "е").replaceAll(/\s+/g, " ");
}

/** The input that a custom field gets on the form. */
export const inputKinds = [
  "text",
  "textarea",
  "number",
  "url",
  "date",
  "datetime",
  "checkbox",
  "select",
  "radio",
  "multiselect",
] as const;
export type InputKind = (typeof inputKinds)[number];

const KINDS: Partial<Record<string, InputKind>> = {
  text: "text",
  streetaddress: "text",
  tracking_data: "text",
  multitext: "text",
  textarea: "textarea",
  numeric: "number",
  price: "number",
  monetary: "number",
  url: "url",
  checkbox: "checkbox",
  date: "date",
  birthday: "date",
  date_time: "datetime",
  select: "select",
  category: "select",
  radiobutton: "radio",
  multiselect: "multiselect",
};

/** Undefined for a type that no input of ours can fill (files, linked lists, legal entities). */
export function toInputKind(type: string): InputKind | undefined {
  return KINDS[type];
}

export type FormField = {
  key: string;
  kind: InputKind;
  options: { id: number; value: string }[];
  /** No longer in Kommo. */
  former: { id: number; value: string }[];
  label: { en: string; ru: string };
  help: { en: string; ru: string };
  required: boolean;
};

/** What the form page needs of the published mapping. */
export type FormFields = {
  custom: FormField[];
  /** No longer on the form, as they last were: for what a draft still holds of them. */
  retired: FormField[];
  sources: Source[];
  isFreeSource: boolean;
  defaultCountry: string;
  holdSeconds: number;
};

export type SuggestionKind = "code" | "name" | "synonym" | "similar";
/** A field of ours, or the one that carries our lead's id. */
export type SuggestedField = MappableField | "reference";
/** `score` from 0 to 1. Only those of kind `code` may be accepted in bulk. */
export type Suggestion = { field: SuggestedField; target: Target; kind: SuggestionKind; score: number };

export type Values = Record<string, string | number>;

/** What is wrong with a mapping: sentence `mapping.checks.<code>` with the values. `place` is a field, a custom key, or a setting. */
export type Check = { place: string; code: CheckCode; values: Values; severity: "error" | "warning" };
export const checkCodes = [
  "field_missing",
  "wrong_entity",
  "type_unfit",
  "computed",
  "enum_missing",
  "options_changed",
  "options_unmatched",
  "used_twice",
  "required_unfilled",
  "unmapped",
  "label_missing",
  "pipeline_missing",
  "pipeline_archived",
  "pipeline_without_incoming",
  "park_missing",
  "reference_missing",
  "lead_name_empty",
  "name_empty",
  "source_empty",
  "form_page_unfit",
  "source_twice",
] as const;
export type CheckCode = (typeof checkCodes)[number];

export const driftKinds = [
  "field_deleted",
  "field_moved",
  "field_renamed",
  "field_retyped",
  "field_unfit",
  "field_computed",
  "enum_gone",
  "option_deleted",
  "option_renamed",
  "option_added",
  "pipeline_deleted",
  "pipeline_archived",
  "pipeline_without_incoming",
  "pipeline_renamed",
  "required_in_stage",
  "park_deleted",
  "park_retyped",
  "reference_deleted",
  "reference_retyped",
] as const;
export type DriftKind = (typeof driftKinds)[number];

/** What would mend it: take the name as it is now, take another field or pipeline, match the options anew, fill the field or leave it to people in Kommo. */
const fixSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accept") }),
  z.object({ kind: z.literal("use_field"), target: targetSchema }),
  z.object({ kind: z.literal("choose_field") }),
  z.object({ kind: z.literal("match_options") }),
  z.object({ kind: z.literal("use_pipeline"), pipelineId: z.number().int() }),
  z.object({ kind: z.literal("choose_pipeline") }),
  z.object({ kind: z.literal("put_on_form"), target: targetSchema }),
  z.object({ kind: z.literal("leave_to_kommo") }),
]);

/** A difference between the published mapping and Kommo: sentence `drift.<kind>` with the values. */
export const findingSchema = z.object({
  kind: z.enum(driftKinds),
  /** A field of ours, a custom key, "pipeline", "parkIn", "reference", or `entity:fieldId` of a field that we do not fill. */
  place: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  fix: fixSchema,
  /** True when a value that goes there would be refused. */
  breaks: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;

/** One sentence of a diff between two mappings: `mapping.diff.<code>` with the values. */
export type Difference = { code: DifferenceCode; place: string; values: Values };
export const differenceCodes = [
  "field_added",
  "field_removed",
  "field_changed",
  "field_accepted",
  "custom_added",
  "custom_removed",
  "custom_changed",
  "custom_order",
  "options_changed",
  "pipeline",
  "pipeline_accepted",
  "setting",
  "tags",
  "sources",
  "free_source",
  "park",
  "reference",
  "left_to_kommo",
  "asked_for_again",
] as const;
export type DifferenceCode = (typeof differenceCodes)[number];

/** What became of the last test lead. Times are epoch milliseconds. */
export const testResultSchema = z.object({
  at: z.number(),
  kommoLeadId: z.number().nullable(),
  url: z.string().nullable(),
  /** A code of `errors`, null when it arrived. */
  problem: z.string().nullable(),
  refused: z.array(refusedFieldSchema),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** A lead as it is handed to the mapping: `createdAt` is epoch milliseconds, `page` the app's own URL of the lead. */
export type LeadToSend = Record<LeadField, string | null> & {
  id: string;
  createdAt: number;
  page: string;
  custom?: CustomValues;
};

function isMappable(field: (typeof leadFields)[number]): field is MappableField {
  return field !== "name" && field !== "surname";
}
