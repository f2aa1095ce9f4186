import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { findAskedConsent, findConsentVersion } from "@/lib/consent/queries";
import type { Db } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { type Lead, leadSchema, toCustom } from "@/lib/domain/lead/schema";
import { toSavedCustom } from "@/lib/domain/mapping/form/check-custom";
import { checkLead } from "@/lib/domain/mapping/form/check-lead";
import { toCorrectionRules } from "@/lib/domain/mapping/form/to-correction-rules";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { FORM_ROLE } from "@/lib/people/schema";
import { findForm } from "@/lib/published-mapping/queries";
import { toRow } from "./lead-row";

export type Rules = { holdMs: number; defaultCountry: CountryCode };

/** Before anything was published. */
const FREE = { required: [], custom: [], sources: [], isFreeSource: true };

export async function findRules(db: Db): Promise<Rules> {
  const form = await findForm(db);
  return form ? toRules(form) : getEnv();
}

/** The form as it is for a lead that may have been saved under earlier rules. */
export async function findCorrectionForm(
  id: string,
  db: Db,
): Promise<{ form: FormFields | undefined; byForm: boolean }> {
  const form = await findForm(db);
  const saved = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(leadFields.map((field) => `leads.${field}` as const))
    .select(["leads.custom", "people.role"])
    .where("leads.id", "=", id)
    .executeTakeFirst();
  if (!saved) return { form, byForm: false };
  const byForm = saved.role === FORM_ROLE;
  const rules = form && toCorrectionRules(form, { values: saved, custom: toCustom(saved.custom), byForm });
  return { form: rules, byForm };
}

/** A text that was replaced while the lead was typed, or waited on a device, is what the person has agreed to. */
export async function requireConsent({ consent_version: given }: Lead, db: Db): Promise<number | undefined> {
  const version = given === undefined ? undefined : (await findConsentVersion(given, db))?.version;
  if (version === undefined && (await findAskedConsent(db)))
    throw new AppError("invalid", { fields: { consent_version: "consent_missing" } });
  return version;
}

/** What a person enters has a name. */
export function requireWhole(lead: Lead): void {
  const { error } = leadSchema.safeParse(lead);
  if (!error) return;
  const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path.join("."), message]));
  throw new AppError("invalid", { fields });
}

/** Throws `invalid` where the published mapping does not take the lead as it is. */
export function requireTaken(lead: Lead, form: FormFields | undefined): void {
  const wrong = checkLead(lead, form ?? FREE);
  if (Object.keys(wrong).length > 0) throw new AppError("invalid", { fields: wrong });
}

/** The words as they are saved, and the rules by which they are. */
export function toTypedRow(lead: Lead, form: FormFields | undefined, given: Rules | undefined) {
  const rules: Rules = given ?? (form ? toRules(form) : getEnv());
  const custom = toSavedCustom(lead.custom ?? {}, form ?? FREE);
  return { rules, words: toRow({ ...lead, custom }, rules.defaultCountry) };
}

function toRules({ holdSeconds, defaultCountry }: FormFields): Rules {
  return {
    holdMs: holdSeconds * 1000,
    defaultCountry: isSupportedCountry(defaultCountry) ? defaultCountry : "RU",
  };
}
