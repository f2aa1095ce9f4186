import * as z from "zod/mini";
import { cleanLines } from "@/lib/domain/lead/clean-text";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import { limitedText } from "@/lib/domain/text";

const MAX_TEXT = 1000;
// Marks that cannot be seen may be as many again.
const text = limitedText(4 * MAX_TEXT).check(z.overwrite(cleanLines), z.maxLength(MAX_TEXT, "too_long"));

export const consentTextsSchema = z.object({ en: text, ru: text, es: text, pt: text });
export type ConsentTexts = z.infer<typeof consentTextsSchema>;

/** The issues' messages are `consent.problems.<key>` of messages/. */
export const consentSettingsSchema = z
  .object({
    texts: consentTextsSchema,
    /** Whether the desk's own form asks; website forms say it themselves. */
    isAsked: z.boolean(),
  })
  .check(
    z.superRefine(({ texts, isAsked }, context) => {
      if (isAsked && Object.values(texts).every((one) => one === ""))
        context.addIssue({ code: "custom", path: ["texts"], message: "text_missing" });
    }),
  );
export type ConsentSettings = z.infer<typeof consentSettingsSchema>;

/** `version` grows by one with each change of the texts. */
export type ConsentText = { version: number; texts: ConsentTexts };
/** As it is shown to one person. */
export type ShownConsent = { version: number; text: string };

/** Where a language has no text, the first one that has. */
export function toShownConsent(
  consent: ConsentText | undefined,
  language: FormLanguage,
): ShownConsent | undefined {
  if (!consent) return undefined;
  const { texts, version } = consent;
  const shown = texts[language] || texts.en || texts.ru || texts.es || texts.pt;
  return shown === "" ? undefined : { version, text: shown };
}
