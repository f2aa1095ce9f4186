import { readTelegram, toTelegram } from "@/lib/domain/lead/telegram";
import { ASIDE, blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";

const HANDLE = /(?<![\p{L}\d._@-])@([\p{L}\d_.]{2,64})/gu;
const AFTER_LABEL =
  /(?<![\p{L}\d_])(?:telegram|tg|телеграмм?|телега|тг|telegram is|my telegram is|мой тг|мой телеграм)[ ]+(?:[-–—] |это |is |es |é )?(?!channel|group|chat|канал)([a-z]\w{3,31})(?![\w.@-])/giu;

/** Reads `@x`, and the word after a Telegram label. A handle with a dot belongs to another network. */
export function readHandles(sheet: Sheet): void {
  for (const { kind, start, end } of sheet.hints) {
    if (kind === "telegram") readLabelled(sheet, start, end);
  }
  for (const match of sheet.left.matchAll(HANDLE)) {
    const handle = match[0].replace(/\.+$/, "");
    const end = match.index + handle.length;
    if (toTelegram(handle) === handle && /^@[a-z]\w{3,31}$/i.test(handle)) {
      fill(sheet, "telegram", handle, match.index, end);
    } else blank(sheet, match.index, end, ASIDE);
  }
  for (const match of sheet.left.matchAll(AFTER_LABEL)) {
    const [whole, word = ""] = match;
    if (isPlainWord(word) || toTelegram(word) === word) continue;
    const start = match.index + whole.length - word.length;
    if (fill(sheet, "telegram", `@${word}`, start, start + word.length)) blank(sheet, match.index, start);
  }
}

function readLabelled(sheet: Sheet, start: number, end: number): void {
  const value = /^(\s*)(@?[a-z]\w{3,31})(?![\w.@-])/i.exec(sheet.left.slice(start, end));
  if (!value) return;
  const [, space = "", typed = ""] = value;
  const read = readTelegram(typed);
  const from = start + space.length;
  if (read.kind === "handle") fill(sheet, "telegram", read.handle, from, from + typed.length);
  else blank(sheet, from, from + typed.length, ASIDE);
}

/** A capitalised word after "telegram" without a colon is more likely a name than a handle. */
function isPlainWord(word: string): boolean {
  return /^\p{Lu}\p{Ll}+$/u.test(word);
}
