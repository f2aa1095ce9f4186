import { cleanContact } from "./clean-text";
import { toLatinLookalike } from "./one-script";

export type ReadTelegram =
  | { kind: "handle"; handle: string; isMixed: boolean }
  | { kind: "phone"; phone: string }
  | { kind: "other" };

const SITE =
  /^(?:https?:\/\/)?(?:(?:www\.)?(?:t\.me|telegram\.(?:me|dog))\/+(?:s\/+)?|web\.telegram\.org\/+(?:[akz]\/+)?#(?=@))/i;
const SUBDOMAIN = /^(?:https?:\/\/)?([a-z]\w{3,31})\.t\.me(?:[/?#].*)?$/i;
const APP = /^tg:(?:\/\/)?resolve\/?\?(?:.*&)?(?:domain|phone)=/i;
const HANDLE = /^@?([a-z]\w{3,31})$/i;
const PHONE = /^\+?\d{7,15}$/;
const DRESS =
  /^(?:["'«„“<(\s[]+|(?:telegram|tg|телеграмм?|телега|тг|ник|nick|username)\s?(?:[:=](?!\/|resolve)|[-–—]\s)\s?)+/iu;
const TAIL = /["'»”>)\],.;:!?…\s]+$/u;
const LONGEST = 300;
/** What people type where there is no handle, and what other networks call a person. */
const NO_HANDLE = /^(?:none|null|n_a|nope|unknown|undefined|telegram|username|id\d+)$/i;

/** Cyrillic look-alikes in a handle are replaced, and the handle is marked as mixed. */
export function readTelegram(text: string): ReadTelegram {
  const { name, isLink } = toName(text);
  if (isLink && PHONE.test(name)) return { kind: "phone", phone: `+${name.replace("+", "")}` };
  if (!isLink && NO_HANDLE.test(name)) return { kind: "other" };

  const latin = name.replace(/[^\s\x21-\x7e]/g, toLatinLookalike);
  const handle = HANDLE.exec(latin)?.[1];
  // A word in Cyrillic only is a name, not a mistyped handle.
  const isHandle = handle !== undefined && (latin === name || /[a-z]/i.test(name));
  return isHandle ? { kind: "handle", handle: `@${handle}`, isMixed: latin !== name } : { kind: "other" };
}

function toName(text: string): { name: string; isLink: boolean } {
  const bare = cleanContact(text.slice(0, LONGEST)).replace(DRESS, "").replace(TAIL, "");
  const ofDomain = SUBDOMAIN.exec(bare)?.[1];
  if (ofDomain && ofDomain.toLowerCase() !== "www") return { name: ofDomain, isLink: true };
  const isLink = SITE.test(bare) || APP.test(bare);
  if (!isLink) return { name: bare.replace(/^@\s+/, "@"), isLink };
  const rest = bare.replace(SITE, "").replace(APP, "");
  const name = rest.replace(/[?&#].*$/, "").replace(/\/+$/, "");
  return { name: name.replace(/^%40/, "@").replace(/^%2B/i, "+"), isLink };
}

/** `x`, `@x`, `t.me/x` and `tg://resolve?domain=x` become `@x`. A text that may be something else stays as typed. */
export function toTelegram(text: string): string {
  const read = readTelegram(text);
  return read.kind === "handle" && !read.isMixed ? read.handle : text;
}

/** The page that opens the chat, where it is known. A text that may be something else stays as typed. */
export function toTelegramLink(text: string): string {
  const read = readTelegram(text);
  if (read.kind === "other" || (read.kind === "handle" && read.isMixed)) return text;
  return `https://t.me/${read.kind === "phone" ? read.phone : read.handle.slice(1)}`;
}
