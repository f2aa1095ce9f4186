import * as z from "zod/mini";
import { leadFields } from "@/lib/domain/lead/fields";
import { limitedText } from "@/lib/domain/text";
import { nameSchema } from "@/lib/people/schema";

/** What became of a request. The words are `intake.results.<result>` of messages/. */
export const requestResults = [
  "accepted",
  "to_check",
  "repeated",
  "test",
  "contact_missing",
  "consent_missing",
  "consent_outdated",
  "spent",
  "foreign_origin",
  "wrong_secret",
  "paused",
  "wrong_type",
  "unreadable",
  "has_file",
  "other_body",
  "too_large",
  "too_many",
] as const;
export type RequestResult = (typeof requestResults)[number];

const MOST_ORIGINS = 20;
const MOST_TARGETS = 100;

/** An address of a site as browsers send it, without a path. */
const originSchema = limitedText(200).check(
  z.trim(),
  z.refine((text) => isWebAddress(text), { error: "origin_invalid", abort: true }),
  z.overwrite((text) => new URL(text).origin),
);

const thanksSchema = limitedText(500).check(
  z.trim(),
  z.refine((text) => text === "" || isWebAddress(text), { error: "address_invalid", abort: true }),
  z.overwrite((text) => (text === "" ? "" : new URL(text).href)),
);

/** Where a value goes, by the name of its field: a field of ours, `custom.<key>`, or nowhere. */
export const targetsSchema = z.record(
  z.string().check(z.maxLength(200)),
  z.union([
    z.enum([...leadFields, "ignored"]),
    z.string().check(z.regex(/^custom\.(?:leads|contacts):\d{1,20}$/)),
  ]),
);

const MOST_SHOWN = 60;

export const shownSchema = z.array(z.string().check(z.maxLength(60))).check(z.maxLength(MOST_SHOWN));

/** The issues' messages are `intake.problems.<key>` of messages/. */
export const newFormSchema = z.object({
  name: nameSchema,
  origins: z.array(originSchema).check(z.maxLength(MOST_ORIGINS)),
  thanks: thanksSchema,
  /** Leads without a time token of ours wait to be checked. */
  asksToken: z._default(z.boolean(), false),
  /** Leads without a solved challenge wait to be checked. */
  asksProof: z._default(z.boolean(), false),
  /** Leads without a consent are refused. */
  asksConsent: z._default(z.boolean(), false),
  /** Names of the public form's fields; null is as the desk's own form has them. */
  shown: z._default(z.nullable(shownSchema), null),
});
export type NewForm = z.infer<typeof newFormSchema>;

export const changedFormSchema = z.extend(newFormSchema, { id: z.uuid() });
export type ChangedForm = z.infer<typeof changedFormSchema>;

export const changedTargetsSchema = z.object({
  id: z.uuid(),
  targets: targetsSchema.check(z.refine((targets) => Object.keys(targets).length <= MOST_TARGETS)),
});
export type ChangedTargets = z.infer<typeof changedTargetsSchema>;

export const formIdSchema = z.uuid();

export const newSecretSchema = z.object({
  id: z.uuid(),
  days: z.nullable(z.int().check(z.gte(1), z.lte(3650))),
});
export type NewSecret = z.infer<typeof newSecretSchema>;

export const originsSchema = z.array(z.string());
export const maskedSchema = z.array(z.object({ name: z.string(), value: z.string() }));

/** Times are epoch milliseconds. */
export type WebsiteForm = {
  id: string;
  key: string;
  name: string;
  origins: string[];
  thanks: string | null;
  targets: Record<string, string>;
  asksToken: boolean;
  asksProof: boolean;
  asksConsent: boolean;
  shown: string[] | null;
  pausedAt: number | null;
};

export type FormSecret = { id: string; lastFour: string; createdAt: number; expiresAt: number | null };

/** The host is a name or an address: a wildcard or a semicolon would mean something else where the address is used. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && /^(?:[\w.-]+|\[[\da-f:.]+\])$/.test(hostname);
}
