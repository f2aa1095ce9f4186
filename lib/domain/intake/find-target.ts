import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { toOptionKey } from "@/lib/domain/mapping/schema";
import { fold } from "@/lib/domain/paste/text/fold";
import { labels } from "@/lib/domain/paste/words/labels";

/** Where a value goes: a field of ours, a whole name that is still to be split, or nowhere. */
export type Destination = LeadField | "full" | "page" | "ignored";

const LONGEST = 200;
// Of labels in a conversation, not of fields.
const NO_FIELDS = ["from", "call", "lead", "лид", "re", "to", "id", "wa", "звонить"];
const KINDS = [
  ...["full", "name", "surname", "phone", "email", "telegram", "source", "profession", "education", "income"],
  "comment",
] as const;
/** In front of a field's name they say whose it is. */
const OWNERS =
  /^(?:your|user|client|customer|contact|lead|form|field|fields|input|work|company|business|primary|billing|ваш[аеи]?|мо[йяеи]|tu|su|seu|sua|meu|minha)(?= )/;
const more: Record<string, Destination> = {
  "utm source": "source",
  referer: "referrer",
  "http referer": "referrer",
  message: "comment",
  msg: "comment",
  question: "comment",
  сообщение: "comment",
  вопрос: "comment",
  "текст сообщения": "comment",
  mensaje: "comment",
  mensagem: "comment",
  mensaxe: "comment",
  page: "page",
  "page url": "page",
  "form page": "page",
  "landing page": "page",
  url: "page",
  страница: "page",
  formid: "ignored",
  formname: "ignored",
  tranid: "ignored",
  test: "ignored",
  cookies: "ignored",
  "google key": "ignored",
  "is test": "ignored",
  "api version": "ignored",
  "lead id": "ignored",
  altcha: "ignored",
  "g recaptcha response": "ignored",
  "h captcha response": "ignored",
  "cf turnstile response": "ignored",
};

const known = toKnown();

/** By the whole name, else by its last part that says something. Undefined for a name that means nothing to us. */
export function findTarget(name: string): Destination | undefined {
  if (name.length > LONGEST) return undefined;
  if (name.startsWith("_")) return "ignored";
  const parts = name.split(".").filter((part) => part !== "" && !/^(?:\d+|value|values|answer)$/i.test(part));
  const last = parts.at(-1);
  return [name, ...(last === undefined ? [] : [last])]
    .flatMap(toSpellings)
    .map((spelling) => known.get(spelling))
    .find((target) => target !== undefined);
}

function toSpellings(part: string): string[] {
  const words = part.replaceAll(/([a-zа-я])([A-ZА-Я])/g, "$1 $2").replaceAll(/[\s_-]+/g, " ");
  const plain = fold(toOptionKey(words)).replace(/[\s:*?]+$/, "");
  const bare = plain.replace(OWNERS, "").trim();
  const unnumbered = bare.replace(/ ?\d$/, "");
  return [plain, bare, unnumbered, unnumbered.replace(/s$/, "")];
}

function toKnown(): Map<string, Destination> {
  const ofPaste = KINDS.flatMap((kind) =>
    (labels[kind] ?? [])
      .filter((label) => label.length > 1 && !NO_FIELDS.includes(label))
      .map((label): [string, Destination] => [fold(label.replaceAll("-", " ")), kind]),
  );
  const ours = leadFields.map((field): [string, Destination] => [field.replaceAll("_", " "), field]);
  return new Map([...ofPaste, ...Object.entries(more), ...ours]);
}
