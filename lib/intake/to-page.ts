import "server-only";
import type { Entry } from "@/lib/domain/intake/to-entries";
import { type Language, say } from "./words";

const MOST_FIELDS = 60;
const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#1f1f1f;background:#fff}h1{font-size:1.5rem}label{display:block;margin:.75rem 0 .25rem}input,textarea{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;border:1px solid #767676;border-radius:6px;background:#fff;color:inherit}button{margin-top:1rem;min-height:44px;padding:.5rem 1.25rem;font:inherit;border:0;border-radius:6px;background:#1f4fd8;color:#fff}@media(prefers-color-scheme:dark){body,input,textarea{color:#eee;background:#1b1b1b}button{background:#8fb0ff;color:#10182c}}";

type Page = { title: string; sentence: string; language: Language; nonce: string };

export function toThanksPage(language: Language, nonce: string): string {
  return toHtml({ title: say("thanks", language), sentence: say("received", language), language, nonce }, "");
}

/** What was typed stands in the page, to be sent again. `action` is our own address. */
export function toErrorPage(
  problem: Parameters<typeof say>[0],
  {
    action,
    entries,
    language,
    nonce,
  }: { action: string; entries: readonly Entry[]; language: Language; nonce: string },
): string {
  // Browsers send fields that were left empty, and these say nothing: one has to be there to be filled in.
  const hasPhone = problem !== "contact_missing" || entries.some(({ name }) => name === "phone");
  const shown = [...entries.slice(0, MOST_FIELDS), ...(hasPhone ? [] : [{ name: "phone", value: "" }])];
  const fields = shown.map(toField).join("");
  const again =
    fields === ""
      ? `<p>${toSafe(say("back", language))}</p>`
      : `<form method="post" action="${toSafe(action)}">${fields}<button>${toSafe(say("again", language))}</button></form>`;
  // Our own page may send to every form, and must not do so for another site.
  const rest = problem === "foreign_origin" ? "" : again;
  return toHtml({ title: say("failed", language), sentence: say(problem, language), language, nonce }, rest);
}

function toField({ name, value }: Entry, index: number): string {
  const [shown, given] = [toSafe(name), toSafe(value)];
  if (name.startsWith("_")) return `<input type="hidden" name="${shown}" value="${given}">`;
  const input =
    value.length > 80 || value.includes("\n")
      ? `<textarea id="f${index}" name="${shown}" rows="4">${given}</textarea>`
      : `<input id="f${index}" name="${shown}" value="${given}">`;
  return `<label for="f${index}">${shown}</label>${input}`;
}

function toHtml({ title, sentence, language, nonce }: Page, form: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${toSafe(title)}</title><style nonce="${toSafe(nonce)}">${STYLE}</style></head><body><main><h1>${toSafe(title)}</h1><p role="status">${toSafe(sentence)}</p>${form}</main></body></html>`;
}

function toSafe(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
