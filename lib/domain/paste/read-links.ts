import type { LeadField } from "@/lib/domain/lead/fields";
import { toTelegram } from "@/lib/domain/lead/telegram";
import { findSource } from "@/lib/domain/paste/text/find-source";
import { fold } from "@/lib/domain/paste/text/fold";
import { ASIDE, blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";

const LINK =
  /(?:https?:\/\/|tg:\/\/|www\.|(?<![\w.@-])(?:t|telegram|wa)\.me\/)[^\s\p{Co}<>"«»|]+|(?<![\w.@/-])[a-z]\w{3,31}\.t\.me(?![\w./-])|(?<![\w.@/-])[a-z0-9][\w.-]{0,80}\.[a-z]{2,12}\/?[^\s\p{Co}<>"«»|?]{0,200}\?[^\s\p{Co}<>"«»|]*utm_[^\s\p{Co}<>"«»|]*|(?<![\w.@/-])[a-z0-9][a-z0-9-]{1,60}(?:\.[a-z0-9-]{2,60}){0,3}\.(?:com|ru|net|org|io|info|es|pt|br|mx|ar|kz|uk|me|pro|online|shop|site|biz|co|su|ua|by|рф|example)(?:\/[^\s\p{Co}<>"«»|]*)?(?![\w@-])|(?<![\w?&])[?&]?utm_[a-z]+=[^\s\p{Co}<>"«»|;,]*/giu;
const PHONE_LINK =
  /^(?:https?:\/\/)?(?:wa\.me\/|(?:api\.|web\.)?whatsapp\.com\/send\/?\?phone=|t\.me\/(?=\+))\+?(\d{7,15})/i;
const UTM_FIELDS = ["utm_medium", "utm_campaign", "utm_content", "utm_term"] as const satisfies LeadField[];

/**
 * Telegram and WhatsApp links fill their fields, and links with UTM parameters fill those. Other links are leftovers.
 */
export function readLinks(sheet: Sheet): void {
  for (const match of sheet.left.matchAll(LINK)) {
    const link = trimLink(match[0]);
    const start = match.index;
    const end = start + link.length;
    const phone = PHONE_LINK.exec(link)?.[1];
    const telegram = toTelegram(link);
    if (phone) readPhoneLink(sheet, phone, start, end);
    else if (telegram !== link) fill(sheet, "telegram", telegram, start, end);
    else if (!readUtm(sheet, link)) blank(sheet, start, end, ASIDE);
    else blank(sheet, start, end);
  }
}

function trimLink(link: string): string {
  const bare = link.replace(/[.,;:!?'…]{1,9}$/, "");
  return bare.endsWith(")") && !bare.includes("(") ? bare.slice(0, -1) : bare;
}

/** Keeps the digits with a plus before them, so that the first phone of the text wins in any spelling. */
function readPhoneLink(sheet: Sheet, digits: string, start: number, end: number): void {
  const from = sheet.text.indexOf(digits, start);
  blank(sheet, start, end);
  sheet.left = `${sheet.left.slice(0, from - 1)}+${digits}${sheet.left.slice(from + digits.length)}`;
}

function readUtm(sheet: Sheet, link: string): boolean {
  const query = link.includes("?") ? link.slice(link.indexOf("?") + 1) : link;
  const asked = new URLSearchParams(query.replace(/#.*$/, "").replace(/^&/, ""));
  const names = [...asked.keys()].map((name) => name.toLowerCase());
  if (!names.some((name) => name.startsWith("utm_"))) return false;
  const source = asked.get("utm_source");
  const address = toAddress(link);
  if (source) offer(sheet, "source", toKnownSource(sheet, source));
  for (const field of UTM_FIELDS) offer(sheet, field, asked.get(field) ?? "");
  if (address) offer(sheet, "referrer", address);
  return true;
}

function offer(sheet: Sheet, field: LeadField, value: string): void {
  const plain = value.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if (plain) sheet.fields[field] ??= plain;
}

function toKnownSource(sheet: Sheet, value: string): string {
  const words = fold(value).split(/[\s_+-]+/);
  const found = findSource(words, 0, sheet.spellings);
  return found && found.length === words.length ? found.name : value;
}

function toAddress(link: string): string | undefined {
  if (/^[?&]?utm_/i.test(link)) return undefined;
  const full = /^https?:/i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(full)) return link.replace(/[?#].*$/, "");
  const { origin, pathname } = new URL(full);
  return origin + pathname;
}
