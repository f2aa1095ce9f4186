import * as z from "zod/mini";
import { NEW_CONTACT } from "./fields";

/**
 * A contact that Kommo has with this number. `isExact`: its phone is the same in E.164, so it may be the same person.
 * `userId`: the user of Kommo who is responsible for it.
 */
export const foundContactSchema = z.object({
  id: z.int(),
  name: z.string(),
  userId: z.nullable(z.int()),
  isExact: z.boolean(),
});
export type FoundContact = z.infer<typeof foundContactSchema>;
export const foundContactsSchema = z.array(foundContactSchema);

/** Why a lead is, or is not, of one contact. */
export const knownWhys = ["only", "chosen", "new", "several", "none"] as const;

/** What Kommo's contacts were for a lead when it was decided who gets it; `contact` is the one that it belongs to. */
export const knownClientSchema = z.object({
  why: z.enum(knownWhys),
  contact: z.nullable(z.pick(foundContactSchema, { id: true, name: true, userId: true })),
  count: z.int(),
});
export type KnownClient = z.infer<typeof knownClientSchema>;

/** What their author chose counts while Kommo has that contact; without a choice a lead belongs to the only one there is. */
export function toKnownClient(found: readonly FoundContact[], choice: number | null): KnownClient {
  const same = found.filter(({ isExact }) => isExact);
  const count = same.length;
  if (count === 0) return { why: "none", contact: null, count };
  if (choice === NEW_CONTACT) return { why: "new", contact: null, count };
  const chosen = same.find(({ id }) => id === choice);
  const contact = chosen ?? (count === 1 ? same[0] : undefined);
  if (!contact) return { why: "several", contact: null, count };
  const { id, name, userId } = contact;
  return { why: chosen ? "chosen" : "only", contact: { id, name, userId }, count };
}

/** Only a number in E.164, without an extension, can be that of a contact. */
export function isLookedUp(phone: string | null): phone is string {
  return phone !== null && /^\+[1-9]\d{6,14}$/.test(phone);
}
