import * as z from "zod/mini";
import type { LeadState } from "@/lib/domain/lead/states";

export const stateGroups = {
  needs_you: ["needs_fix"],
  needs_admin: ["needs_admin"],
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
const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_LENGTH));

/** The query of the list's page. A malformed value counts as absent. `from` and `to` carry the person's UTC offset. */
export const historySchema = z.object({
  q: optional(text),
  state: optional(z.enum(groups)),
  source: optional(text),
  author: optional(text),
  from: optional(z.iso.datetime({ offset: true })),
  to: optional(z.iso.datetime({ offset: true })),
  sort: optional(z.enum(["newest", "oldest", "name", "name_desc"])),
  after: optional(text),
  before: optional(text),
});
export type History = z.infer<typeof historySchema>;

export function isNarrowed({ q, state, source, author, from, to }: History): boolean {
  return [q, state, source, author, from, to].some((part) => part !== undefined);
}

const positionSchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);
export type Position = z.infer<typeof positionSchema>;

export function toCursor(position: Position): string {
  return encodeURIComponent(JSON.stringify(position));
}

export function toPosition(cursor: string | undefined): Position | undefined {
  try {
    return positionSchema.parse(JSON.parse(decodeURIComponent(cursor ?? "")));
  } catch {
    return undefined;
  }
}
