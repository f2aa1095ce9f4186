import { ASIDE, blank, type Sheet } from "@/lib/domain/paste/text/sheet";

const DATE = String.raw`(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2} \p{L}{3,9}\.? \d{4}(?: г\.?)?)`;
const TIME = String.raw`\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?`;
const STAMP = `(?:${DATE},? ?(?:at |в )?${TIME}|${TIME},? ${DATE})`;
const NAME = String.raw`[^\n:[\]\d]{1,60}`;
/** WhatsApp on two systems, Viber, Telegram Desktop, and a forwarded message. */
const HEADERS = [
  new RegExp(String.raw`(?<=^|\n)(?:\[ ?${STAMP} ?\]:?) ?(?<sender>${NAME}):(?= |\n)`, "giu"),
  new RegExp(String.raw`(?<=^|\n)(?:${STAMP} [-–—]) (?<sender>${NAME}):(?= |\n)`, "giu"),
  new RegExp(String.raw`(?<=^|\n)(?<sender>${NAME}), (?:\[ ?${STAMP} ?\]):?(?= |\n)`, "giu"),
  /(?<=^|\n)(?:Пересланн\p{L}{2} сообщени\p{L}|Forwarded message|Forwarded|Переслано)\n? ?(?:от|from):? (?<sender>[^\n:[\]\d]{1,60})(?=\n)/giu,
];

// A time in brackets is enough there. Without brackets it may be a note before a name.
const TIMED = new RegExp(String.raw`^\[ ?${TIME} ?\] ?${NAME}:`, "mu");

/** The names before the colons are those of the people who talk. */
export function isChat(text: string): boolean {
  return TIMED.test(text) || HEADERS.some((header) => text.search(header) >= 0);
}

/** Who wrote a message is not the lead, unless nobody else is named in it. */
export function readChat(sheet: Sheet): void {
  for (const header of HEADERS) {
    for (const match of sheet.left.matchAll(header)) {
      const { sender = "" } = match.groups ?? {};
      const start = match.index + match[0].lastIndexOf(sender);
      sheet.senders.push({ start, end: start + sender.length });
      blank(sheet, match.index, match.index + match[0].length, ASIDE);
    }
  }
}

/** Makes the names of the senders readable again. */
export function uncoverSenders(sheet: Sheet): void {
  for (const { start, end } of sheet.senders) {
    sheet.left = sheet.left.slice(0, start) + sheet.text.slice(start, end) + sheet.left.slice(end);
  }
}
