import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { toCurrentNumber } from "@/lib/domain/lead/phone";
import { NEXT_EXTENSION } from "@/lib/domain/lead/phone-extension";
import { ASIDE, blank, fill, type Sheet, USED } from "@/lib/domain/paste/text/sheet";

const RUN = /(?<!(?:^|\P{L})[OОoо])(?:\+ (?=\d))?[+(]{0,2}\d[\d ().\-–—/]{2,58}\d/gu;
const GROUP = /(?:\+ (?=\d))?[+(]{0,2}\d+/g;
const UNREADABLE = [
  /[+(]{0,2}\d[\d ()-]{0,20}(?:[*•×_?…xXхХ]{2,4}|\.{2,4}|[*•×_?](?=[\d -]))[\d ()*•×_?…xXхХ.-]{0,20}(?!\p{L})/gu,
  /(?<![\p{L}\d])[+(]{0,2}\d[\d ()-]{0,16}[OОoоIlBВSЗзбZ|][\dOОoоIlBВSЗзбZ| ()-]{1,16}\d(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])[+(]{0,2}\d[\d ()-]{2,14}[\d-]\p{L}{1,4}[\d -][\d ()-]{0,12}\d(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])[+(]{0,2}[OОoо]\d[\d ()-]{6,16}\d(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])\+?\d[\d ()-]{2,10}-[A-Z]{4,8}(?![\p{L}\d])/gu,
  /(?<![\d.,])\d[.,]\d{1,10}[EЕ]\+?\d{1,2}(?!\d)/giu,
];
// A number after a comma counts only where the text is a phone and nothing else.
const LAST_EXTENSION = /^ ?, ?(\d{1,6})\s*$/;
const LABEL_BEFORE =
  /(?<![\p{L}\d])(?:(?:мой|мои|my|mi|meu|o meu) )?(?:тел(?:ефон)?|номер|моб|сот|phone|tel|mobile|cell|number|teléfono|móvil|celular|cel|número|telefone|telemóvel|zap|whatsapp|ватсап|call(?: me)?|позвони\p{L}*|наберите)[.: ]{0,3}(?:is |es |é )?$/iu;
// Pasted text about one person has few numbers. The limit keeps a whole chat from freezing the browser.
const MAX_RUNS = 30;
const NO_DIGITS = /^\D*$/;
const NEW_NUMBER_START = /(?:[/–—]| -| {2}|^\(?\d{1,3}[.)]|^[1-9]\d{0,2}(?:[ .,]\d{3})+|^[1-9]\d{1,4}00) *$/;
const OTHER_START = /^(?: {2,}| ?[/–—+(]| - )/;
const COUNTED_THINGS = /^ \d{1,3}(?:[ .,]?\d{3})*(?:[.,]\d)?$/;
const GROUPED_SUM = /^\s?\d{1,3}(?:[ .,]\d{3})+$|^[1-9]\d{1,4}00$/;
// "34 года", "100к", "5 000 ₽": these digits belong to the word after them.
const NEXT_WORD = /^ ?[\p{Ll}\p{Sc}]/u;

type Found = { number: string; end: number; next: number };

/** Takes the first valid number as E.164, or else the first text that looks like a phone, unchanged and flagged. */
export function readPhones(sheet: Sheet): void {
  const runs = [...sheet.left.matchAll(RUN)].slice(0, MAX_RUNS);
  for (const { 0: run, index } of runs) readRun(sheet, run, index);
}

/** Call it after the amounts are read. The remaining digits may be a phone that is too short or too long. */
export function readUnsurePhones(sheet: Sheet): void {
  for (const pattern of UNREADABLE) {
    for (const { 0: raw, index } of sheet.left.matchAll(pattern)) {
      if (raw.replaceAll(/[^\p{L}\d*•×_?…]/gu, "").length >= 6) doubt(sheet, raw, index);
    }
  }
  for (const { 0: run, index } of sheet.left.matchAll(/[+(]{0,2}\d[\d ().\-–—]{2,40}\d/g)) {
    const digits = run.replaceAll(/\D/g, "").length;
    const isNamed =
      isHinted(sheet, index) || LABEL_BEFORE.test(sheet.left.slice(Math.max(0, index - 20), index));
    const isStuck = digits < 9 && /\p{L}/u.test(sheet.left[index + run.length] ?? "");
    if (((digits > 15 && !run.startsWith("+")) || isStuck) && !isNamed)
      blank(sheet, index, index + run.length, ASIDE);
    else if (digits >= 7 || isNamed || run.startsWith("+") || /^\d{2}-\d{2}-\d{2}$/.test(run))
      doubt(sheet, run, index);
  }
}

function readRun(sheet: Sheet, run: string, index: number): void {
  const groups = [...run.matchAll(GROUP)];
  let from = 0;
  let isSeparate = true;
  while (from < groups.length) {
    const start = groups[from]?.index ?? 0;
    const isNew: boolean =
      isSeparate ||
      NEW_NUMBER_START.test(run.slice(0, start)) ||
      /[+(]/.test(run[start] ?? "") ||
      isTrunk(run, start, sheet.country);
    const found: Found | undefined = isNew ? findLongest(groups, from, run, sheet, index) : undefined;
    isSeparate = found !== undefined;
    if (found) take(sheet, found.number, index + start, index + found.end);
    from = found?.next ?? from + 1;
  }
}

/** "14 8 916 …": in Russia and Kazakhstan a single 8 or 7 starts a phone number, even after a house or list number. */
function isTrunk(run: string, start: number, country: CountryCode): boolean {
  return (
    ["RU", "KZ"].includes(country) &&
    /^\d{1,5} $/.test(run.slice(0, start)) &&
    /^[78](?:[ (-]|9\d{9})/.test(run.slice(start))
  );
}

function take(sheet: Sheet, number: string, start: number, end: number): void {
  // "#5" may have been put aside as the number of an order.
  const rest = sheet.text.slice(end, end + 30);
  const isFirst = sheet.text.slice(0, start).trim() === "";
  const extension = NEXT_EXTENSION.exec(rest) ?? (isFirst ? LAST_EXTENSION.exec(rest) : null);
  const whole = extension ? `${number},${extension[1]}` : number;
  const isFilled = fill(sheet, "phone", whole, start, end);
  if (isFilled) dropLabel(sheet, start);
  if (extension) blank(sheet, end, end + extension[0].length, isFilled ? USED : ASIDE);
}

function findLongest(
  groups: RegExpExecArray[],
  from: number,
  run: string,
  { country, left }: Sheet,
  index: number,
): Found | undefined {
  const start = groups[from]?.index ?? 0;
  const endsInWord = NEXT_WORD.test(left.slice(index + run.length, index + run.length + 2));
  for (let next = Math.min(groups.length, from + 9); next > from; next -= 1) {
    const last = groups[next - 1];
    if (!last) continue;
    const end = last.index + last[0].length;
    const raw = run.slice(start, end);
    const digits = raw.replaceAll(/\D/g, "").length;
    if (digits < 6 || digits > 17) continue;
    const number = toValid(raw, country);
    if (number && isApart(run.slice(end), endsInWord, country)) return { number, end, next };
  }
  return undefined;
}

/** The digits after a phone must be separate from it. Otherwise the phone is only part of a longer number. */
function isApart(text: string, endsInWord: boolean, country: CountryCode): boolean {
  const bare = text.trim();
  if (NO_DIGITS.test(bare) || GROUPED_SUM.test(bare) || OTHER_START.test(text)) return true;
  return (endsInWord && COUNTED_THINGS.test(text)) || toValid(bare, country) !== undefined;
}

function toValid(raw: string, country: CountryCode): string | undefined {
  const phone = parsePhoneNumberFromString(raw, { defaultCountry: country, extract: false });
  if (phone?.isValid()) return phone.number;
  const current = phone && parsePhoneNumberFromString(toCurrentNumber(phone.number));
  return current?.isValid() ? current.number : undefined;
}

function dropLabel(sheet: Sheet, start: number): void {
  const label = LABEL_BEFORE.exec(sheet.left.slice(Math.max(0, start - 30), start));
  if (label) blank(sheet, start - label[0].length, start);
}

function doubt(sheet: Sheet, raw: string, index: number): void {
  const trimmed = raw.trim().replace(/[-–—.( ]+$/, "");
  if (!fill(sheet, "phone", trimmed, index, index + trimmed.length)) return;
  dropLabel(sheet, index);
  sheet.flags.phone = "phone_unsure";
}

function isHinted(sheet: Sheet, index: number): boolean {
  return sheet.hints.some(({ kind, start, end }) => kind === "phone" && start <= index && index < end);
}
