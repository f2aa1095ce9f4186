import "server-only";
import type { ShownConsent } from "@/lib/consent/schema";
import type { Entry } from "@/lib/domain/intake/to-entries";
import { type FormLanguage, formLanguages } from "@/lib/domain/lead/fields";
import { type Said, say } from "@/lib/domain/public-form/say";
import { readAsset } from "./assets";
import { toConsentBox } from "./to-form-html";
import { toAttributes, toSafe } from "./to-html";

const MOST_FIELDS = 300;
/** Under these names a consent is sent. */
const CONSENT: readonly string[] = ["_consent", "consent"];

/** A visitor can do nothing about these. */
const OF_OWNER: readonly Said[] = ["unknown_key", "foreign_origin", "wrong_secret"];

type About = { language: FormLanguage; nonce: string };

export function toThanksPage({ language, nonce }: About): string {
  const words = `<div class="done" role="status"><h1>${toSafe(say("thanks", language))}</h1><p>${toSafe(say("received", language))}</p></div>`;
  return toPage({ title: say("thanks", language), body: words, language, nonce });
}

/** The page for those without a site. `form` is its HTML; `links` lead to the same page in the other languages. */
export function toHostedPage(
  form: string,
  { links, script, ...about }: About & { links: Record<FormLanguage, string>; script: string },
): string {
  const { language, nonce } = about;
  const others = formLanguages
    .map((one) => {
      const current = one === language ? "true" : undefined;
      return `<a${toAttributes({ href: links[one], lang: one, hreflang: one, "aria-current": current })}>${one.toUpperCase()}</a>`;
    })
    .join("");
  const body = `<h1>${toSafe(say("title", language))}</h1><p class="intro">${toSafe(say("intro", language))}</p>${form}<nav class="languages" aria-label="${toSafe(say("languages", language))}">${others}</nav><script${toAttributes({ src: script, nonce, async: true, "data-hosted": true })}></script>`;
  return toPage({ ...about, title: say("title", language), body });
}

/** With what was typed in `form`, ready to be sent again. */
export function toErrorPage(problem: Said, form: string, about: About): string {
  const { language } = about;
  const isOfOwner = OF_OWNER.includes(problem);
  const sentence = `<p class="intro" role="alert">${toSafe(say(isOfOwner ? "elsewhere" : problem, language))}</p>`;
  const note = isOfOwner
    ? `<p class="hint">${toSafe(say("for_owner", language))} ${toSafe(say(problem, language))}</p>`
    : "";
  const title = say(form === "" ? "unavailable" : "failed", language);
  return toPage({ ...about, title, body: `<h1>${toSafe(title)}</h1>${sentence}${note}${form}` });
}

type UnknownForm = {
  /** Our own address. */
  action: string;
  entries: readonly Entry[];
  language: FormLanguage;
  /** What is still to be agreed to. */
  consent: ShownConsent | undefined;
};

/** Another page's form, as far as it is known: its fields under their own names. */
export function toUnknownForm(problem: Said, { action, entries, language, consent }: UnknownForm): string {
  // Browsers send fields that were left empty, and these say nothing: one has to be there to be filled in.
  const hasPhone = problem !== "contact_missing" || entries.some(({ name }) => name === "phone");
  const sent = consent ? entries.filter(({ name }) => !CONSENT.includes(name)) : entries;
  const shown = [...sent.slice(0, MOST_FIELDS), ...(hasPhone ? [] : [{ name: "phone", value: "" }])];
  const fields = shown.map(toField).join("") + (consent ? toConsentBox(consent, []) : "");
  if (fields === "") return `<p>${toSafe(say("back", language))}</p>`;
  return `<form${toAttributes({ class: "form", method: "post", action })}>${fields}<button class="send">${toSafe(say("again", language))}</button></form>`;
}

function toField({ name, value }: Entry, index: number): string {
  const [shown, given] = [toSafe(name), toSafe(value)];
  if (name.startsWith("_")) return `<input type="hidden" name="${shown}" value="${given}">`;
  const input =
    value.length > 80 || value.includes("\n")
      ? `<textarea id="f${index}" name="${shown}" rows="4">${given}</textarea>`
      : `<input id="f${index}" name="${shown}" value="${given}">`;
  return `<div class="field"><label for="f${index}">${shown}</label>${input}</div>`;
}

function toPage({ title, body, language, nonce }: About & { title: string; body: string }): string {
  const style = readAsset("form.css") + readAsset("page.css");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${toSafe(title)}</title><style nonce="${toSafe(nonce)}">${style}</style></head><body><main>${body}</main></body></html>`;
}
