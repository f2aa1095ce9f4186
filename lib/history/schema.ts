import * as z from "zod/mini";
import { cleanLine } from "@/lib/domain/lead/clean-text";
import { type LeadState, outcomes } from "@/lib/domain/lead/states";
import { limitedText, searchText } from "@/lib/domain/text";

export const stateGroups = {
  needs_you: ["needs_fix"],
  needs_admin: ["needs_admin"],
  to_check: ["to_check"],
  waiting: ["held", "queued", "sending", "checking"],
  in_kommo: ["confirmed"],
  withdrawn: ["withdrawn"],
} as const satisfies Record<string, readonly LeadState[]>;
export type StateGroup = keyof typeof stateGroups;
export const groups = Object.keys(stateGroups) as StateGroup[];

const MAX_LENGTH = 255;
const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const optional = <S extends z.ZodMiniType>(schema: S) =>
  z.pipe(z.transform(first), z.catch(z.optional(schema), undefined));
const words = limitedText(MAX_LENGTH).check(z.overwrite(cleanLine), z.minLength(1));
const text = searchText(MAX_LENGTH).check(z.minLength(1));
// A name that is sorted by, or a time, and the lead's id: as JSON in the address, each letter may take several characters.
const cursor = limitedText(2000);

/** The query of the list's page. A malformed value counts as absent. `from` and `to` carry the person's UTC offset. */
export const historySchema = z.object({
  q: optional(words),
  state: optional(z.enum(groups)),
  /** What became of it in Kommo: only of what is there. */
  outcome: optional(z.enum(outcomes)),
  source: optional(text),
  author: optional(text),
  from: optional(z.iso.datetime({ offset: true })),
  to: optional(z.iso.datetime({ offset: true })),
  sort: optional(z.enum(["newest", "oldest", "name", "name_desc"])),
  after: optional(cursor),
  before: optional(cursor),
});
export type History = z.infer<typeof historySchema>;

/** Rows of a page, or everything that a filter finds. */
export const chosenSchema = z.union([
  z.object({ ids: z.array(z.uuid()).check(z.minLength(1), z.maxLength(100)) }),
  z.object({ filter: historySchema }),
]);
export type Chosen = z.infer<typeof chosenSchema>;

export function isNarrowed({ q, state, outcome, source, author, from, to }: History): boolean {
  return [q, state, outcome, source, author, from, to].some((part) => part !== undefined);
}

const positionSchema = z.tuple([z.union([searchText(MAX_LENGTH), z.int()]), searchText(64)]);
export type Position = z.infer<typeof positionSchema>;

export function toCursor(position: Position): string {
  return encodeURIComponent(JSON.stringify(position));
}

/** `kind`: of the values by which the list is sorted. A position among others is none of this list's. */
export function toPosition(cursor: string | undefined, kind: "string" | "number"): Position | undefined {
  try {
    const position = positionSchema.parse(JSON.parse(decodeURIComponent(cursor ?? "")));
    return typeof position[0] === kind ? position : undefined;
  } catch {
    return undefined;
  }
}
