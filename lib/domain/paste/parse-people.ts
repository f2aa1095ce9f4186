import { dropPictures } from "./drop-pictures";
import { LONGEST_PASTE, type Paste, type PasteContext, parsePaste } from "./parse-paste";
import { isChat } from "./read-chat";
import { findHeading } from "./to-labelled";

/** Each text with what was read in it. */
type Unit = { text: string; paste: Paste; isCut: boolean; hasName: boolean; hasContact: boolean };

// More than fits the rows that a person looks through. It bounds the time of a paste.
const MAX_UNITS = 300;
const LONGEST_LIST = 100_000;
const VCARD = /(?=^BEGIN:VCARD)/im;
const BLOCKS = /\n[^\S\n]*\n+/;
const PHONE = /(\+?[(\d][\d ().\-–]{8,18}\d)/;

/** `isCut`: something did not fit, or was too long to be one person. */
export type People = { people: Paste[]; isCut: boolean };

/**
 * The people of a pasted text in its order, when it is about several: rows of a sheet, cards, blocks, lines, or names and
 * phones in turn; undefined for one person. Words that belong to nobody else stay with the person before them. Never throws.
 */
export function parsePeople(text: string, context: PasteContext): People | undefined {
  const bare = dropPictures(text);
  if (bare.length > LONGEST_LIST) return undefined;
  const plain = bare.replaceAll(/\r\n?/g, "\n").trim();
  if (isChat(plain)) return undefined;
  const ways = VCARD.test(plain) ? [toCards] : [toRows, toBlocks, toLines, toPieces, toTurns];
  for (const split of ways) {
    const texts = split(plain);
    const fitting = texts.slice(0, MAX_UNITS).filter(({ length }) => length <= LONGEST_PASTE);
    const units = readAll(fitting, context, split === toRows || split === toCards);
    if (!isSeveral(units)) continue;
    const isCut = fitting.length < texts.length || units.some(({ isCut }) => isCut);
    return { people: units.map(({ paste }) => paste), isCut };
  }
  return undefined;
}

function readAll(texts: string[], context: PasteContext, isOneEach: boolean): Unit[] {
  if (texts.length < 2) return [];
  const units = texts.map((text) => read([text], context));
  const filled = units.filter(({ paste }) => Object.keys(paste.fields).length + paste.leftovers.length > 0);
  return isOneEach
    ? filled
    : gather(filled).map((parts) =>
        read(
          parts.map(({ text }) => text),
          context,
        ),
      );
}

/** Whoever comes first, name or contact, begins the next person once the one before has both. */
function gather(units: Unit[]): Unit[][] {
  const startsWithContact =
    units.find(({ hasName, hasContact }) => hasName !== hasContact)?.hasContact ?? false;
  const people: Unit[][] = [];
  for (const unit of units) {
    const last = people.at(-1);
    const isWhole =
      (last?.some(({ hasName }) => hasName) && last.some(({ hasContact }) => hasContact)) ?? false;
    const isNext =
      unit.hasName && unit.hasContact ? isWhole : startsWithContact ? unit.hasContact : unit.hasName;
    if (last && !(isWhole && isNext)) last.push(unit);
    else people.push([unit]);
  }
  return people;
}

/** As many of the parts as are read at once. */
function read(parts: string[], context: PasteContext): Unit {
  let text = parts[0] ?? "";
  const more = parts.slice(1);
  while (more[0] !== undefined && text.length + more[0].length < LONGEST_PASTE) text += `\n${more.shift()}`;
  const paste = parsePaste(text, context);
  const { name, surname, phone, telegram, email } = paste.fields;
  const hasContact = Boolean(phone ?? telegram ?? email);
  return { text, paste, isCut: more.length > 0, hasName: Boolean(name ?? surname), hasContact };
}

/** Two of them with a name and a contact of their own. */
function isSeveral(people: Unit[]): boolean {
  const whole = people.filter(({ hasName, hasContact }) => hasName && hasContact);
  const names = new Set(
    whole.map(({ paste: { fields } }) => `${fields.name} ${fields.surname}`.toLowerCase()),
  );
  const contacts = new Set(
    whole.map(({ paste: { fields } }) => fields.phone ?? fields.telegram ?? fields.email),
  );
  return names.size > 1 && contacts.size > 1;
}

/** Below a row of headings, or of cells between tabs; each row has the headings' words. */
function toRows(text: string): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const heading = findHeading(lines[0] ?? "");
  if (heading) return lines.slice(1).map((line) => `${lines[0]}\n${line}`);
  // Of the last line an empty cell at the end may have been cut off.
  return lines.slice(0, -1).every((line) => line.includes("\t")) ? lines : [];
}

function toCards(text: string): string[] {
  return text.split(VCARD).filter((card) => card.trim() !== "");
}

function toBlocks(text: string): string[] {
  return text.split(BLOCKS);
}

function toLines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

function toPieces(text: string): string[] {
  return text.split(/[\n;|]|,(?! ?\d)/).filter((piece) => piece.trim() !== "");
}

function toTurns(text: string): string[] {
  return text.split(PHONE).filter((piece) => piece.trim() !== "");
}
