import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldErrors, Resolver } from "react-hook-form";
import type { Note } from "@/components/entry/entry-state";
import { toFullComment } from "@/components/entry/sent-lead";
import type { LeadForm, TypedLead } from "@/components/entry/typed-lead";
import { toEmail } from "@/lib/domain/lead/email";
import type { LeadField } from "@/lib/domain/lead/fields";
import { toIncome } from "@/lib/domain/lead/income";
import { repairLayout } from "@/lib/domain/lead/keyboard-layout";
import { toNameCase } from "@/lib/domain/lead/name-case";
import { toOneScript } from "@/lib/domain/lead/one-script";
import { readPhone } from "@/lib/domain/lead/phone";
import { type Lead, leadSchema, receivedSchema } from "@/lib/domain/lead/schema";
import { readTelegram } from "@/lib/domain/lead/telegram";
import { checkLead } from "@/lib/domain/mapping/form/check-lead";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { toPlace } from "./place-problems";

type Checked = {
  /** The text in order, or as it is. */
  text: string;
  note?: Note;
  /** A phone that was hidden in the field. */
  phone?: string;
};

/**
 * After the person has left the field: puts it in order, and answers what looks wrong. A phone that was typed into another
 * field moves to Phone, if that is empty.
 */
export function checkField(
  { getValues, setValue }: Pick<LeadForm, "getValues" | "setValue">,
  field: LeadField,
  country: string,
): Note | undefined {
  const text = getValues(field);
  const { text: inOrder, note, phone } = check(field, text, country);
  const isTaken = getValues("phone") !== "";
  if (phone && isTaken) return;
  if (field === "phone" && inOrder !== text && !getValues("phone_raw")) setValue("phone_raw", text);
  if (inOrder !== text) setValue(field, inOrder);
  if (phone) setValue("phone", phone);
  return note?.moveTo && isTaken ? { kind: "no_handle" } : note;
}

function check(field: LeadField, text: string, country: string): Checked {
  if (text.trim() === "") return { text };
  if (field === "phone") return checkPhone(text, country);
  if (field === "telegram") return checkTelegram(text, country);
  if (field === "email") return { text: toEmail(text) };
  if (field === "income") return { text: toIncome(text) };
  return field === "name" || field === "surname" ? checkName(text) : { text };
}

function checkName(text: string): Checked {
  const inOneScript = toOneScript(text);
  if (inOneScript !== text) return { text, note: { kind: "mixed", suggestion: inOneScript } };
  const layout = repairLayout(text);
  if (layout) return { text, note: { kind: "layout", suggestion: layout } };
  const suggestion = toNameCase(text);
  return suggestion === text ? { text } : { text, note: { kind: "case", suggestion } };
}

function checkPhone(text: string, country: string): Checked {
  const { shown, problem, likely } = readPhone(text, country);
  if (likely) return { text: shown, note: { kind: "abroad", suggestion: likely.shown } };
  return { text: shown, note: problem ? { kind: problem } : undefined };
}

function checkTelegram(text: string, country: string): Checked {
  const read = readTelegram(text);
  if (read.kind === "phone") return { text: "", phone: read.phone };
  const { shown, problem } = readPhone(text, country);
  if (read.kind === "other" && problem === null)
    return { text, note: { kind: "is_phone", suggestion: shown, moveTo: "phone" } };
  if (read.kind === "other") return { text, note: { kind: "no_handle" } };
  if (read.isMixed) return { text, note: { kind: "mixed", suggestion: read.handle } };
  return { text: read.handle };
}

const PREFIX = "custom.";

/** What the server will ask of a lead, asked in the browser: the form's own fields, and those of the published mapping. `byForm`: a website form has sent it. */
export function toResolver(rules: FormFields, byForm?: boolean): Resolver<TypedLead> {
  const ofOwn = zodResolver(byForm ? receivedSchema : leadSchema) as Resolver<Lead>;
  return async (values, context, options) => {
    const result = await ofOwn(values, context, options as Parameters<typeof ofOwn>[2]);
    // Sending puts the leftovers there.
    const comment = toFullComment(values.comment, values.leftovers);
    const wrong = { ...checkLead({ ...values, comment }, rules), ...checkConsent(values, rules) };
    const all = { ...toErrors(wrong), ...result.errors };
    if (Object.keys(all).length === 0) return result;
    const placed = Object.entries(all).map(([name, error]) => [
      toPlace(rules, name, error && "message" in error ? String(error.message) : undefined),
      error,
    ]);
    return { values: {}, errors: Object.fromEntries(placed) };
  };
}

/** The same, by input and as the server answers it. */
export function listProblems(lead: Lead, rules: FormFields): Record<string, string> {
  const { error } = leadSchema.safeParse(lead);
  const own = error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [];
  return { ...checkLead(lead, rules), ...checkConsent(lead, rules), ...Object.fromEntries(own) };
}

function checkConsent({ consent_version }: Lead, { consent }: FormFields): Record<string, string> {
  return consent && consent_version === undefined ? { consent_version: "consent_missing" } : {};
}

function toErrors(wrong: Record<string, string>): FieldErrors<Lead> {
  const all = Object.entries(wrong).map(([name, message]) => [name, { type: "custom", message }] as const);
  const custom = all.flatMap(([name, error]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), error] as const] : [],
  );
  return {
    ...Object.fromEntries(all.filter(([name]) => !name.startsWith(PREFIX))),
    ...(custom.length > 0 && { custom: Object.fromEntries(custom) }),
  };
}
