import type { LeadField } from "@/lib/domain/lead/fields";
import { repairLayout } from "@/lib/domain/lead/keyboard-layout";
import { type PhoneProblem, readPhone } from "@/lib/domain/lead/phone";
import { readTelegram } from "@/lib/domain/lead/telegram";
import type { LeadForm } from "./lead-input";

/** What a look at a field says of it: a sentence, and what it may have meant. */
export type Note = { kind: PhoneProblem | "mixed" | "layout" | "no_handle"; suggestion?: string };

type Checked = {
  /** The text in order, or as it is. */
  text: string;
  note?: Note;
  /** A phone that was hidden in the field. */
  phone?: string;
};

/**
 * After the person has left the field: puts it in order, and says what there is to doubt. A phone that was found elsewhere
 * goes where phones go, if that place is free.
 */
export function checkField(
  { getValues, setValue }: Pick<LeadForm, "getValues" | "setValue">,
  field: LeadField,
  country: string,
): Note | undefined {
  const text = getValues(field);
  const { text: inOrder, note, phone } = look(field, text, country);
  if (phone && getValues("phone") !== "") return;
  if (field === "phone" && inOrder !== text && !getValues("phone_raw")) setValue("phone_raw", text);
  if (inOrder !== text) setValue(field, inOrder);
  if (phone) setValue("phone", phone);
  return note;
}

function look(field: LeadField, text: string, country: string): Checked {
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
