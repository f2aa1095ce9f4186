import * as z from "zod/mini";
import { cleanLine } from "@/lib/domain/lead/clean-text";
import type { Consent } from "@/lib/domain/lead/consent";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { extensionForms } from "@/lib/domain/lead/phone-extension";
import { type CustomValues, refusedFieldSchema } from "@/lib/domain/lead/schema";
import { limitedText, normalizeText } from "@/lib/domain/text";
import { STANDARD_LAYOUT } from "./layout";

/** Name and surname belong to the contact itself. Every other field goes to a custom field of Kommo. */
export const mappableFields = leadFields.filter(isMappable);
export type MappableField = Exclude<(typeof leadFields)[number], "name" | "surname">;

export const contactFields: readonly MappableField[] = ["phone", "email", "telegram"];

/** A lead without these is useless. If such a value has no working target, the lead waits for an admin. */
export const vitalFields: readonly MappableField[] = ["phone"];

const idSchema = z.int().check(z.positive());
const chosenSchema = z.object({ id: z.int(), value: z.string() });
const text = (longest: number) => z.string().check(z.trim(), z.maxLength(longest));
const word = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));

/** `name`, `type` and `options` are as published; drift is found by comparing them. */
export const targetSchema = z.object({
  entity: z.enum(["contacts", "leads"]),
  fieldId: idSchema,
  enumCode: z.optional(z.string()),
  type: z.optional(z.string()),
  name: z.optional(z.string()),
  options: z.optional(z.array(chosenSchema)),
  /** Options of earlier versions that Kommo no longer has. Values typed with them keep their text. */
  former: z.optional(z.array(chosenSchema)),
});
export type Target = z.infer<typeof targetSchema>;

const wordsSchema = z.object({
  en: z._default(text(120), ""),
  ru: z._default(text(120), ""),
});

/** In the order of the form. */
export const customFieldSchema = z.object({
  /** `entity:fieldId`, so it is the same in every version. */
  key: z.string().check(z.regex(/^(leads|contacts):\d+$/)),
  target: targetSchema,
  label: wordsSchema,
  help: z._default(wordsSchema, { en: "", ru: "" }),
  required: z._default(z.boolean(), false),
});
export type CustomField = z.infer<typeof customFieldSchema>;

export const sourceSchema = z.object({
  name: text(120),
  value: text(120),
  aliases: z._default(z.array(word), []),
});
export type Source = z.infer<typeof sourceSchema>;

export const MAX_OWN_LABEL = 60;
// Marks that cannot be seen may be as many again.
const ownLabel = z._default(
  limitedText(4 * MAX_OWN_LABEL).check(z.overwrite(cleanLine), z.maxLength(MAX_OWN_LABEL)),
  "",
);

/** How the form shows a field of ours. An empty label stands for the standard name. */
const ownFieldSchema = z.object({
  label: z._default(z.object({ en: ownLabel, ru: ownLabel }), { en: "", ru: "" }),
  isRequired: z._default(z.boolean(), false),
  isHidden: z._default(z.boolean(), false),
});
export type OwnField = z.infer<typeof ownFieldSchema>;

const fieldsSchema = z.array(z.enum(leadFields)).check(z.maxLength(leadFields.length));

/** Where each field goes in Kommo, the names that an incoming lead carries, and the rules of the form. */
export const mappingSchema = z.object({
  pipelineId: idSchema,
  pipelineName: z.optional(z.string()),
  sourceName: z._default(text(255), "Internal Team Form"),
  formId: z._default(text(255), "internal-team-form"),
  formName: z._default(text(255), "Team Lead Submission"),
  /** Null stands for our own page of the lead. `{id}` is the lead's id. */
  formPage: z._default(z.nullable(text(500)), null),
  leadName: z._default(text(250), "Заявка: {name} {surname}"),
  tags: z._default(z.array(word), []),
  fields: z.partialRecord(z.enum(mappableFields), targetSchema),
  /** For fields that are lists in Kommo: the option's id by our text, normalised by toOptionKey. */
  optionsOf: z._default(z.partialRecord(z.enum(mappableFields), z.record(z.string(), z.int())), {}),
  custom: z._default(z.array(customFieldSchema), []),
  sources: z._default(z.array(sourceSchema), []),
  isFreeSource: z._default(z.boolean(), true),
  /** Fields that the form asks for although Kommo does not get them. */
  keptOnForm: z._default(z.array(z.enum(mappableFields)), []),
  /** Fields that are not here are shown as ever. */
  ownFields: z._default(z.partialRecord(z.enum(leadFields), ownFieldSchema), {}),
  /** Of our fields. What is in neither list has its usual place; `toLayout` says what holds. */
  layout: z._default(z.object({ first: fieldsSchema, more: fieldsSchema }), STANDARD_LAYOUT),
  /** The fallback field: a text field that takes, with labels, the values that their own field refuses. */
  parkIn: z._default(z.nullable(targetSchema), null),
  /** A text field that carries our lead's id, so that the lead is found in Kommo whatever people edit there. */
  reference: z._default(z.nullable(targetSchema), null),
  /** A text field that carries what the person has agreed to, and when. */
  consent: z._default(z.nullable(targetSchema), null),
  defaultCountry: z._default(z.string().check(z.length(2)), "RU"),
  /** Of the phone that is sent. */
  extensionForm: z._default(z.enum(extensionForms), "comma"),
  holdSeconds: z._default(z.int().check(z.gte(0), z.lte(3600)), 10),
  /** Fields, as `entity:fieldId`, that a stage required at the publishing. Not reported again. */
  knownRequired: z._default(z.array(z.string()), []),
  /** Required fields that an admin has left to people in Kommo. Not reported again. */
  leftToKommo: z._default(z.array(z.object({ place: z.string(), name: z.string() })), []),
  /** Fields that were on the form in earlier versions, as they last were. */
  retired: z._default(z.array(customFieldSchema), []),
  timeZone: z._default(z.string(), "UTC"),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** `basedOn` is the version in the database that was edited; 0 when nothing has been published. */
export const publishSchema = z.object({ mapping: mappingSchema, basedOn: z.int().check(z.gte(0)) });
export const rollBackSchema = z.object({
  version: idSchema,
  basedOn: publishSchema.shape.basedOn,
});
export type RollBack = z.infer<typeof rollBackSchema>;
export const draftSchema = publishSchema;

/** For comparing texts with options: without case, surrounding spaces and ё. */
export function toOptionKey(text: string): string {
  return normalizeText(text, "NFKC").trim().toLowerCase().replaceAll("ё", "е").replaceAll(/\s+/g, " ");
}

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

/** Undefined for types that no input of ours supports (files, linked lists, legal entities). */
export function toInputKind(type: string): InputKind | undefined {
  return KINDS[type];
}

export type FormField = {
  key: string;
  kind: InputKind;
  options: { id: number; value: string }[];
  former: { id: number; value: string }[];
  label: { en: string; ru: string };
  help: { en: string; ru: string };
  required: boolean;
  /** The field of ours that is a list in Kommo, and other texts for its options. */
  own?: { field: MappableField; words: Record<string, number> };
};

export type Labels = Partial<Record<LeadField, { en: string; ru: string }>>;
/** The problems of a rule over several fields, and the fields that can answer it. */
export type Alternatives = Partial<Record<"name_missing" | "contact_missing", LeadField[]>>;

export type FormFields = {
  /** Our fields in their order, those that are left out among them. */
  first: LeadField[];
  more: LeadField[];
  /** Where the focus starts. */
  start: LeadField;
  /** Our fields that every lead has; lists say it themselves. */
  required: LeadField[];
  /** Of fields that the admin has renamed; an empty word stands for the standard name. */
  labels: Labels;
  /** Only where the standard words do not fit, as fields are hidden, renamed or required. */
  alternatives: Alternatives;
  custom: FormField[];
  /** Fields of our own that the form leaves out; one that has a value is shown all the same. */
  hidden: LeadField[];
  /** Our fields and keys of custom ones whose values stay here. */
  unsent: string[];
  /** No longer on the form. A draft may still have values for them. */
  retired: FormField[];
  sources: Source[];
  isFreeSource: boolean;
  defaultCountry: string;
  holdSeconds: number;
  /** What the person has to agree to, in the words of the screen; undefined where the admin does not ask. */
  consent?: { version: number; text: string };
};

/** Of the field that carries the consent. */
export const CONSENT_TYPES = ["text", "textarea", "tracking_data"];

export type SuggestionKind = "code" | "name" | "synonym" | "similar";
/** One of our fields, or the field that carries our lead's id. */
export type SuggestedField = MappableField | "reference";
/** `score` is between 0 and 1. Only suggestions of kind `code` may be accepted in bulk. */
export type Suggestion = { field: SuggestedField; target: Target; kind: SuggestionKind; score: number };

export type Values = Record<string, string | number>;

/** Message `mapping.checks.<code>` with the values. `place` is a field, a custom key, or a setting. */
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
  "label_twice",
  "names_hidden",
  "contacts_hidden",
  "first_empty",
  "pipeline_missing",
  "pipeline_archived",
  "pipeline_without_incoming",
  "park_missing",
  "park_short",
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
  "consent_deleted",
  "consent_retyped",
] as const;
export type DriftKind = (typeof driftKinds)[number];

const fixSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accept") }),
  z.object({ kind: z.literal("use_field"), target: targetSchema }),
  z.object({ kind: z.literal("choose_field") }),
  z.object({ kind: z.literal("match_options") }),
  z.object({ kind: z.literal("use_pipeline"), pipelineId: z.int() }),
  z.object({ kind: z.literal("choose_pipeline") }),
  z.object({ kind: z.literal("put_on_form"), target: targetSchema }),
  z.object({ kind: z.literal("leave_to_kommo") }),
]);

/** A difference between the published mapping and Kommo: message `drift.<kind>` with the values. */
export const findingSchema = z.object({
  kind: z.enum(driftKinds),
  /** Our field, a custom key, "pipeline", "parkIn", "reference", "consent", or `entity:fieldId` of a field that we do not fill. */
  place: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  fix: fixSchema,
  /** True when Kommo would refuse a value for this target. */
  breaks: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;

/** One line of the comparison of two mappings: message `mapping.diff.<code>` with the values. */
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
  "kept_on_form",
  "off_form",
  "own_renamed",
  "own_name_standard",
  "own_required",
  "own_optional",
  "own_hidden",
  "own_shown",
  "own_to_first",
  "own_to_more",
  "own_order",
  "park",
  "reference",
  "consent",
  "left_to_kommo",
  "asked_for_again",
] as const;
export type DifferenceCode = (typeof differenceCodes)[number];

/** Times are epoch milliseconds. */
export const testResultSchema = z.object({
  at: z.number(),
  kommoLeadId: z.nullable(z.number()),
  url: z.nullable(z.string()),
  /** A code of `errors`; null when the lead arrived. */
  problem: z.nullable(z.string()),
  refused: z.array(refusedFieldSchema),
});
export type TestResult = z.infer<typeof testResultSchema>;

/** `createdAt` is epoch milliseconds; `page` is our URL of the lead. */
export type LeadToSend = Record<LeadField, string | null> & {
  id: string;
  createdAt: number;
  page: string;
  custom?: CustomValues;
  consent?: Consent | null;
  recipient?: Recipient;
  /** The contact of Kommo to which the lead is added; without one a new contact is made. */
  contactId?: number | null;
};

/** Who gets the lead in Kommo, null for nobody, and the tags of the rule that says so. */
export type Recipient = { userId: number | null; tags: string[] };

function isMappable(field: (typeof leadFields)[number]): field is MappableField {
  return field !== "name" && field !== "surname";
}
