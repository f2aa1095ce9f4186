import { toFullComment } from "@/components/entry/sent-lead";
import type { InputName, LeadForm } from "@/components/entry/typed-lead";
import { MAX_COMMENT } from "@/lib/domain/lead/fields";

/** A field of these holds one value, which words behind it would break. */
const SINGLE: readonly InputName[] = ["phone", "telegram", "email", "income"];

/** Puts a leftover into a field. What it replaces there is a leftover in its place. */
export function placeLeftover({ getValues, setValue }: LeadForm, leftover: string, name: InputName): void {
  const before = String(getValues(name) ?? "");
  const isSingle = SINGLE.includes(name);
  const after = (getValues("leftovers") ?? []).flatMap((other) =>
    other !== leftover ? [other] : isSingle && before !== "" ? [before] : [],
  );
  if (name === "phone") setValue("phone_raw", undefined);
  setValue(name, isSingle ? leftover : join(name, before, leftover));
  setValue("leftovers", after);
}

function join(name: InputName, before: string, leftover: string): string {
  return name === "comment"
    ? toFullComment(before, [leftover])
    : [before, leftover].filter(Boolean).join(" ");
}

/** The leftovers go into the comment by themselves. If it gets too long by them, they go before it is checked. */
export function noteLongComment({ getValues, setValue }: LeadForm): void {
  const { comment, leftovers = [] } = getValues();
  const full = toFullComment(comment, leftovers);
  if (leftovers.length === 0 || full.length <= MAX_COMMENT) return;
  setValue("comment", full);
  setValue("leftovers", []);
}
