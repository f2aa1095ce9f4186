import { blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";

const LINE = /^(?:item\d+\.)?([A-Z-]{1,20})(?:;[^:\n]{0,80})?:(.*)$/gim;
const FRAME = ["BEGIN", "VERSION", "END", "PRODID", "REV", "UID"];

export function readVcard(sheet: Sheet): void {
  if (!/^BEGIN:VCARD/im.test(sheet.text)) return;
  for (const match of sheet.left.matchAll(LINE)) {
    const [line, key = "", value = ""] = match;
    const valueStart = match.index + line.length - value.length;
    const valueEnd = valueStart + value.length;
    if (FRAME.includes(key.toUpperCase())) blank(sheet, match.index, valueEnd);
    else if (key.toUpperCase() === "N") readName(sheet, match.index, valueStart, value);
  }
  dropFullName(sheet);
}

function readName(sheet: Sheet, start: number, valueStart: number, value: string): void {
  blank(sheet, start, valueStart);
  const [, given = ""] = value.split(";");
  // Some phones write the whole name as the given name.
  if (value.startsWith(";") && given.trim().includes(" ")) {
    if (/^FN\s*:/im.test(sheet.text)) blank(sheet, valueStart, valueStart + value.length);
    return;
  }
  let at = valueStart;
  for (const [index, part] of value.split(";").entries()) {
    const word = part.trim();
    const from = at + part.indexOf(word);
    if (word && index === 0) fill(sheet, "surname", word, from, from + word.length);
    if (word && index === 1) fill(sheet, "name", word, from, from + word.length);
    at += part.length + 1;
  }
}

const NAME = /^(?:item\d+\.)?N(?:;[^:\n]{0,80})?:(.*)$/im;

/** FN repeats N. Only words that N lacks are kept. */
function dropFullName(sheet: Sheet): void {
  const { name, surname } = sheet.fields;
  const repeated = (NAME.exec(sheet.text)?.[1] ?? "").split(/[;\s]+/);
  const line = /^(FN\s*:)(.*)$/im.exec(sheet.left);
  if (!line || !(name || surname)) return;
  const start = line.index + (line[1] ?? "").length;
  blank(sheet, line.index, start);
  for (const word of (line[2] ?? "").matchAll(/[^\s\p{Co}]+/gu)) {
    if (repeated.includes(word[0])) blank(sheet, start + word.index, start + word.index + word[0].length);
  }
}
