import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";

/** What a trial has shown of an account. `ok`: its test lead was added to that contact. Times are epoch milliseconds. */
export const trialResults = [
  "ok",
  "refused",
  "ignored",
  "no_number",
  "no_contact",
  "several",
  "unclear",
  "no_mapping",
] as const;

export const attachTrialSchema = z.object({
  at: z.number(),
  result: z.enum(trialResults),
  leadUrl: z.nullable(z.string()),
});
export type AttachTrial = z.infer<typeof attachTrialSchema>;

/** Why Kommo's answers have ended it: an id was not taken as a part of the request, or a new contact was made instead. */
export const endings = ["refused", "ignored"] as const;

export type Attaching = {
  onAt: number | null;
  endedAt: number | null;
  endedWhy: (typeof endings)[number] | null;
  /** Null where this account was not tried. */
  trial: (AttachTrial & { by: string | null }) | null;
};

export const triedPhoneSchema = limitedText(64);
export const switchSchema = z.boolean();
