import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { ASIDE, blank, fill, type Sheet } from "./sheet";

const RUN = /[+(]{0,2}\d[\d ().\-–—/]{2,58}\d/g;
const GROUP = /[+(]{0,2}\d+/g;
const UNREADABLE = [
  /[+(]{0,2}\d[\d ()-]{0,20}[*•×_?…xXхХ]{2,4}[\d ()*•×_?…xXхХ-]{0,20}/gu,
  /(?<![\p{L}\d])[+(]{0,2}\d[\d ()-]{0,16}[OОoоIlBSЗз][\dOОoоIlBSЗз ()-]{3,16}\d(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])\+?\d[\d ()-]{2,10}-[A-Z]{4,8}(?![\p{L}\d])/gu,
  /(?<![\d.,])\d[.,]\d{1,10}[EЕ]\+?\d{1,2}(?!\d)/giu,
];
const EXTENSION =
  /^[ ,;]{0,3}\(?(?:доб(?:авочный|\.)?|вн(?:утр)?\.?|ext(?:ension|\.)?|x|ramal|interno|int\.?|anexo|р\.|#) ?\.?:? ?\d{1,6}\)?/iu;
const LABEL_BEFORE =
  /(?<![\p{L}\d])(?:(?:мой|мои|my|mi|meu|o meu) )?(?:тел(?:ефон)?|номер|моб|сот|phone|tel|mobile|cell|number|teléfono|móvil|celular|cel|número|telefone|telemóvel|zap|whatsapp|ватсап|call(?: me)?|позвони\p{L}*|наберите)[.: ]{0,3}(?:is |es |é )?$/iu;
const GROUPED_SUM = /^\s?\d{1,3}(?:[ .,]\d{3})+$/;

/** The first valid number is the lead's, as E.164; else the first one that looks like a phone, raw and flagged. */
export function readPhones(sheet: Sheet): void {
  for (const { 0: run, index } of sheet.left.matchAll(RUN)) readRun(sheet, run, index);
}

/** To be called when sums are read: what is left of the digits may still be a phone that is too short or too long. */
export function readUnsurePhones(sheet: Sheet): void {
  for (const pattern of UNREADABLE) {
    for (const { 0: raw, index } of sheet.left.matchAll(pattern)) {
      if (raw.replaceAll(/\D/g, "").length >= 4) doubt(sheet, raw, index);
    }
  }
  for (const { 0: run, index } of sheet.left.matchAll(/[+(]{0,2}\d[\d ().\-–—]{2,40}\d/g)) {
    const digits = run.replaceAll(/\D/g, "").length;
    const isNamed = isHinted(sheet, index) || LABEL_BEFORE.test(sheet.left.slice(Math.max(0, index - 20), index));
    if (digits > 15 && !isNamed) blank(sheet, index, index + run.length, ASIDE);
    else if (digits >= 7 || isNamed || run.startsWith("+")) doubt(sheet, run, index);
  }
}

function readRun(sheet: Sheet, run: string, index: number): void {
  const groups = [...run.matchAll(GROUP)];
  let from = 0;
  while (from < groups.length) {
    const found = findLongest(groups, from, run, sheet.country);
    if (!found) {
      from += 1;
      continue;
    }
    const start = index + (groups[from]?.index ?? 0);
    const end = index + found.end;
    fill(sheet, "phone", found.number, start, end);
    dropLabel(sheet, start);
    const extension = EXTENSION.exec(sheet.left.slice(end, end + 30));
    if (extension) blank(sheet, end, end + extension[0].length, ASIDE);
    from = found.next;
  }
}

function findLongest(groups: RegExpExecArray[], from: number, run: string, country: CountryCode) {
  const start = groups[from]?.index ?? 0;
  if (!isFree(run.slice(0, start), "before", country)) return undefined;
  for (let next = Math.min(groups.length, from + 9); next > from; next -= 1) {
    const last = groups[next - 1];
    if (!last) continue;
    const end = last.index + last[0].length;
    const raw = run.slice(start, end);
    const digits = raw.replaceAll(/\D/g, "").length;
    if (digits < 6 || digits > 17 || !isFree(run.slice(end), "after", country)) continue;
    const number = toValid(raw, country);
    if (number) return { number, end, next };
  }
  return undefined;
}

/** Digits beside a phone in the same run must be something of their own, or the phone is only part of a longer one. */
function isFree(text: string, side: "before" | "after", country: CountryCode): boolean {
  const bare = text.trim();
  if (/^[().\-–—/\s]*$/.test(bare) || GROUPED_SUM.test(bare)) return true;
  if (side === "before") return /[/–—]$|\d -$| {2,}$|^\(?\d{1,3}[.)]$/.test(text.trimEnd()) || text.endsWith("  ") || toValid(bare, country) !== undefined;
  return /^(?:[/–—]|- |\+|\()/.test(bare) || /^ {2,}|^\s?[/–—]/.test(text) || toValid(bare, country) !== undefined;
}

function toValid(raw: string, country: CountryCode): string | undefined {
  const phone = parsePhoneNumberFromString(raw, { defaultCountry: country, extract: false });
  return phone?.isValid() ? phone.number : undefined;
}

function dropLabel(sheet: Sheet, start: number): void {
  const label = LABEL_BEFORE.exec(sheet.left.slice(Math.max(0, start - 30), start));
  if (label) blank(sheet, start - label[0].length, start);
}

function doubt(sheet: Sheet, raw: string, index: number): void {
  const trimmed = raw.trim().replace(/[-–—.( ]+$/, "");
  const isNew = fill(sheet, "phone", trimmed, index, index + trimmed.length);
  dropLabel(sheet, index);
  if (isNew) sheet.flags.phone = "phone_unsure";
}

function isHinted(sheet: Sheet, index: number): boolean {
  return sheet.hints.some(({ kind, start, end }) => kind === "phone" && start <= index && index < end);
}
