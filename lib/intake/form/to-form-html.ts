import "server-only";
import type { ShownConsent } from "@/lib/consent/schema";
import type { Entry } from "@/lib/domain/intake/to-entries";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import { splitOptions } from "@/lib/domain/mapping/split-options";
import { listAlternativeContacts, type PublicField } from "@/lib/domain/public-form/list-public-fields";
import { say } from "@/lib/domain/public-form/say";
import { toAttributes, toLinked, toSafe } from "./to-html";

export type ShownForm = {
  /** Where it is sent to. */
  action: string;
  language: FormLanguage;
  fields: readonly PublicField[];
  consent: ShownConsent | undefined;
  /** Names and values that nobody sees: the time token, UTM values, the page. */
  hidden: readonly Entry[];
  /** What was typed before. */
  typed: readonly Entry[];
  /** It was sent before, and refused. */
  isAgain: boolean;
  /** What the script has to know: its words, and where the challenge is. */
  data: Record<string, string | undefined>;
};

const TRAP = "_trap";
const MOST_LETTERS: Record<string, number> = { comment: 4000, email: 254, phone: 64, telegram: 120 };
const MOST_OF_OTHERS = 255;
const COMPLETIONS: Record<string, string> = {
  name: "given-name",
  surname: "family-name",
  phone: "tel",
  email: "email",
  profession: "organization-title",
};
const TYPES: Partial<Record<PublicField["kind"], { type: string; inputmode?: string }>> = {
  tel: { type: "tel" },
  email: { type: "email" },
  number: { type: "text", inputmode: "decimal" },
  // A type of its own would refuse an address without "https://".
  url: { type: "text", inputmode: "url" },
  date: { type: "date" },
  datetime: { type: "datetime-local" },
};

/** The form that visitors fill in: it works without script, and the script of a page builds on it. */
export function toFormHtml(form: ShownForm): string {
  const { action, language, fields, consent, isAgain, data } = form;
  const alternatives = listAlternativeContacts(fields);
  const names = alternatives.map(({ label }) => label).join(", ");
  const inputs = fields.map((field) => {
    const isAlternative = alternatives.includes(field);
    const hint = isAlternative && field === alternatives[0] ? toOneOf(names, language) : "";
    return toField(field, { isAlternative, hint, form });
  });
  const attributes = Object.fromEntries(Object.entries(data).map(([key, value]) => [`data-${key}`, value]));
  return [
    `<form${toAttributes({ class: "form", method: "post", action, lang: language, ...attributes })}>`,
    ...form.hidden.map(({ name, value }) => `<input${toAttributes({ type: "hidden", name, value })}>`),
    toTrap(language),
    ...inputs,
    consent ? toConsentBox(consent, form.typed) : "",
    '<p class="problem" role="alert"></p>',
    `<button class="send" type="submit">${toSafe(say(isAgain ? "again" : "send", language))}</button>`,
    "</form>",
  ].join("");
}

function toOneOf(names: string, language: FormLanguage): string {
  return names.includes(",") ? say("one_contact", language).replace("{fields}", names) : "";
}

/** Out of sight, out of the order of the keys, and named for those who meet it all the same. */
function toTrap(language: FormLanguage): string {
  const input = toAttributes({ id: "ld-trap", name: TRAP, tabindex: -1, autocomplete: "off" });
  return `<div class="trap" aria-hidden="true"><label for="ld-trap">${toSafe(say("leave_empty", language))}</label><input${input}></div>`;
}

type Shape = { isAlternative: boolean; hint: string; form: ShownForm };

function toField(field: PublicField, { isAlternative, hint, form }: Shape): string {
  const { name, kind, label, isRequired } = field;
  const id = `ld-${name}`;
  const note = [field.help, hint].filter(Boolean).join(" ");
  const optional =
    isRequired || isAlternative
      ? ""
      : ` <span class="optional">${toSafe(say("optional", form.language))}</span>`;
  const hintLine = note === "" ? "" : `<p class="hint" id="${toSafe(id)}-hint">${toSafe(note)}</p>`;
  const described = note === "" ? undefined : `${id}-hint`;
  const typed = form.typed.filter((entry) => entry.name === name).map(({ value }) => value);
  if (kind === "radio" || kind === "multiselect") {
    const choices = toChoices(field, id, typed);
    const legend = `<legend>${toSafe(label)}${optional}</legend>`;
    return `<fieldset class="field"${toAttributes({ "aria-describedby": described })}>${legend}${hintLine}${choices}</fieldset>`;
  }
  if (kind === "checkbox") {
    const box = {
      type: "checkbox",
      id,
      name,
      value: "true",
      required: isRequired,
      checked: typed.length > 0,
    };
    return `<div class="field"><label class="choice"><input${toAttributes({ ...box, "aria-describedby": described })}><span>${toSafe(label)}${optional}</span></label>${hintLine}</div>`;
  }
  const shared = { id, name, required: isRequired, "aria-describedby": described };
  const control = toControl(field, shared, typed[0] ?? "", form.language);
  return `<div class="field"><label for="${toSafe(id)}">${toSafe(label)}${optional}</label>${control}${hintLine}</div>`;
}

type Shared = Record<string, string | boolean | undefined>;

function toControl(
  { name, kind, options }: PublicField,
  shared: Shared,
  value: string,
  language: FormLanguage,
): string {
  const maxlength = MOST_LETTERS[name] ?? MOST_OF_OTHERS;
  const autocomplete = COMPLETIONS[name] ?? "off";
  if (kind === "textarea")
    return `<textarea${toAttributes({ ...shared, rows: 3, maxlength: MOST_LETTERS.comment })}>${toSafe(value)}</textarea>`;
  if (kind === "select") {
    const all = options.map(
      (option) => `<option${toAttributes({ selected: option === value })}>${toSafe(option)}</option>`,
    );
    return `<select${toAttributes(shared)}><option value="">${toSafe(say("choose", language))}</option>${all.join("")}</select>`;
  }
  const typing = name === "telegram" ? { autocapitalize: "none", spellcheck: "false" } : {};
  const look = TYPES[kind] ?? { type: "text" };
  return `<input${toAttributes({ ...look, ...shared, value, maxlength, autocomplete, ...typing })}>`;
}

/** Of several boxes a browser cannot require one. */
function toChoices({ name, kind, isRequired, options }: PublicField, id: string, typed: string[]): string {
  const find = (words: string) => options.find((option) => option === words.trim());
  const chosen = typed.flatMap((value) => splitOptions(value, options, find) ?? []);
  const type = kind === "radio" ? "radio" : "checkbox";
  return options
    .map((value, index) => {
      const required = type === "radio" && isRequired;
      const input = { type, id: `${id}-${index}`, name, value, required, checked: chosen.includes(value) };
      return `<label class="choice"><input${toAttributes(input)}><span>${toSafe(value)}</span></label>`;
    })
    .join("");
}

export function toConsentBox({ version, text }: ShownConsent, typed: readonly Entry[]): string {
  const checked = typed.some(({ name, value }) => name === "_consent" && value === String(version));
  const input = {
    type: "checkbox",
    id: "ld-consent",
    name: "_consent",
    value: version,
    required: true,
    checked,
  };
  return `<div class="field consent"><label class="choice"><input${toAttributes(input)}><span>${toLinked(text)}</span></label></div>`;
}
