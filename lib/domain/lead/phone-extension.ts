const WORDS = String.raw`(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension|n)?|ramal|interno|int|anexo|р(?=\.)|[xх#])(?:[^\S\n]|[.:№=]){0,3}`;

/** `доб. 123`, `вн. 12`, `ext 5`, `#5`, `,123`: what is dialled once the number answers. */
export const EXTENSION = new RegExp(
  String.raw`[\s,;.(]{0,4}(?:${WORDS}|,\s?|;ext=)(\d{1,6})[)\s]{0,3}$`,
  "iu",
);

/** Behind a number in a text that goes on, where a comma may be before anything. */
export const NEXT_EXTENSION = new RegExp(String.raw`^[ ,;]{0,3}\(?${WORDS}(\d{1,6})(?![\d-])\)?`, "iu");

/** How an extension is sent to Kommo: `,123`, `;ext=123` or ` ext. 123`. */
export const extensionForms = ["comma", "tel", "words"] as const;
export type ExtensionForm = (typeof extensionForms)[number];

const SIGNS: Record<ExtensionForm, string> = { comma: ",", tel: ";ext=", words: " ext. " };

/** A phone as it is saved, in the form in which it is sent. */
export function withExtension(phone: string, form: ExtensionForm): string {
  return phone.replace(/^(\+\d{6,15}),(\d{1,6})$/, `$1${SIGNS[form]}$2`);
}

/** People are found and compared by the number alone. */
export function toBareNumber(phone: string): string {
  return phone.replace(EXTENSION, "");
}
