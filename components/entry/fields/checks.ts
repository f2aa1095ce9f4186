import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldErrors, Resolver } from "react-hook-form";
import type { Note } from "@/components/entry/entry-state";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { LeadField } from "@/lib/domain/lead/fields";
import { repairLayout } from "@/lib/domain/lead/keyboard-layout";
import { readPhone } from "@/lib/domain/lead/phone";
import { type Lead, leadSchema } from "@/lib/domain/lead/schema";
import { readTelegram } from "@/lib/domain/lead/telegram";
import { checkCustom } from "@/lib/domain/mapping/check-custom";
import type { FormFields } from "@/lib/domain/mapping/schema";

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
  if (phone && getValues("phone") !== "") return;
  if (field === "phone" && inOrder !== text && !getValues("phone_raw")) setValue("phone_raw", text);
  if (inOrder !== text) setValue(field, inOrder);
  if (phone) setValue("phone", phone);
  return note;
}

function check(field: LeadField, text: string, country: string): Checked {
  if (text.trim() === "") return { text };
  if (field === "phone") return checkPhone(text, country);
  if (field === "telegram") return checkTelegram(text);
  if (field !== "name" && field !== "surname") return { text };
  const suggestion = repairLayout(text);
  return suggestion ? { text, note: { kind: "layout", suggestion } } : { text };
}

function checkPhone(text: string, country: string): Checked {
  const { shown, problem } = readPhone(text, country);
  return { text: shown, note: problem ? { kind: problem } : undefined };
}

function checkTelegram(text: string): Checked {
  const read = readTelegram(text);
  if (read.kind === "phone") return { text: "", phone: read.phone };
  if (read.kind === "other") return { text, note: { kind: "no_handle" } };
  if (read.isMixed) return { text, note: { kind: "mixed", suggestion: read.handle } };
  return { text: read.handle };
}

const PREFIX = "custom.";

/** What the server will ask of a lead, asked in the browser: the form's own fields, and those of the published mapping. */
export function toResolver(rules: FormFields): Resolver<Lead> {
  const ofOwn = zodResolver(leadSchema);
  return async (values, context, options) => {
    const result = await ofOwn(values, context, options);
    const wrong = checkCustom(values.custom ?? {}, values.source, rules);
    if (Object.keys(wrong).length === 0) return result;
    return { values: {}, errors: { ...toErrors(wrong), ...result.errors } };
  };
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
