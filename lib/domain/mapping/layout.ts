import { type LeadField, leadFields, moreFields, quickFields } from "@/lib/domain/lead/fields";

/** The fields of the first block, which is always in sight, and those under *More*. */
export type Layout = { first: LeadField[]; more: LeadField[] };

export const STANDARD_LAYOUT: Layout = { first: [...quickFields, "comment"], more: [...moreFields] };

/** Each field once, in one of the blocks; the phone is in the first. */
export function toLayout({ first: wanted, more: later }: Layout): Layout {
  const first = [...new Set(wanted)];
  const more = [...new Set(later)].filter((field) => !first.includes(field) && field !== "phone");
  const missing = leadFields.filter((field) => !first.includes(field) && !more.includes(field));
  const isFirst = (field: LeadField) => STANDARD_LAYOUT.first.includes(field);
  return {
    first: [...first, ...missing.filter(isFirst)],
    more: [...more, ...missing.filter((field) => !isFirst(field))],
  };
}

const BORDER = null;

/** One step up or down, over the border of the blocks too; undefined where the field cannot go. */
export function moveField({ first, more }: Layout, field: LeadField, step: 1 | -1): Layout | undefined {
  const line = [...first, BORDER, ...more];
  const at = line.indexOf(field);
  const other = line[at + step];
  if (at === -1 || other === undefined) return undefined;
  const moved = line.with(at, other).with(at + step, field);
  const border = moved.indexOf(BORDER);
  const isField = (one: LeadField | null) => one !== BORDER;
  const next = { first: moved.slice(0, border).filter(isField), more: moved.slice(border).filter(isField) };
  return next.first.includes("phone") ? next : undefined;
}
