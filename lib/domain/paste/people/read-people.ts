import { uncoverSenders } from "@/lib/domain/paste/read-chat";
import { listChains, type Word } from "@/lib/domain/paste/text/list-chains";
import { ASIDE, blank, fill, type Sheet, USED } from "@/lib/domain/paste/text/sheet";
import { hasSurnameLook } from "@/lib/domain/paste/words/has-surname-look";
import { isGivenName } from "@/lib/domain/paste/words/is-given-name";
import { places } from "@/lib/domain/paste/words/places";
import { findPeople, type PersonCandidate } from "./find-people";
import { splitName } from "./split-name";
import { toName } from "./to-name";

const NAME_KINDS = ["name", "surname", "full"];
const COMMA = /^ ?, ?$/;
const CELL = /^[ \ue000]*[\t;|\n][ \ue000]*$/;

// Beside the writer of a message, two capitalised words in a sentence are no other person. A known name is, and so are
// two that stand alone.
const BESIDE_SENDER = 2.5;

export function readPeople(sheet: Sheet): void {
  readNames(sheet, sheet.senders.length > 0 ? BESIDE_SENDER : 0.5);
  if (sheet.senders.length === 0 || sheet.fields.name !== undefined || sheet.fields.surname !== undefined)
    return;
  uncoverSenders(sheet);
  readNames(sheet, 0.5);
}

function readNames(sheet: Sheet, least: number): void {
  const hints = sheet.hints.filter(({ kind }) => NAME_KINDS.includes(kind));
  const hasSurname = hints.some(({ kind }) => kind === "surname");
  for (const { kind, start, end } of hints) {
    if (kind === "surname" || (kind === "name" && hasSurname)) takeWhole(sheet, kind, start, end);
  }
  for (const { kind, start, end } of hints) {
    // Beside a surname of its own, "first name and patronymic" has the name.
    const isOpen = sheet.fields.surname === undefined || kind === "full";
    if (sheet.fields.name === undefined && isOpen) readWithin(sheet, start, end);
  }
  if (sheet.fields.name === undefined && sheet.fields.surname === undefined)
    readWithin(sheet, 0, sheet.left.length, least);
}

function takeWhole(sheet: Sheet, kind: "name" | "surname", start: number, end: number): void {
  const words = listChains(sheet.left.slice(start, end), start).flatMap((chain) => chain.words);
  const last = words.at(-1);
  if (words[0] && last) fill(sheet, kind, toName(words), words[0].start, last.end);
}

function readWithin(sheet: Sheet, start: number, end: number, least = Number.NEGATIVE_INFINITY): void {
  const { left } = sheet;
  const people = findPeople(listChains(left.slice(start, end), start), left).sort(
    (a, b) => b.score - a.score,
  );
  const [best] = people;
  if (!best || best.score < least) return;
  const pair = findPair(best, people, left);
  if (pair) takePair(sheet, pair.name, pair.surname);
  else take(sheet, best.words);
}

/** Name and surname in adjacent cells, or with a comma between: "Thompson, Laura". */
function findPair(best: PersonCandidate, people: readonly PersonCandidate[], left: string) {
  for (const other of people) {
    if (other === best) continue;
    const [one, two] =
      best.words[0] && other.words[0] && best.words[0].start < other.words[0].start
        ? [best, other]
        : [other, best];
    const gap = left.slice(one.words.at(-1)?.end, two.words[0]?.start);
    const isComma = COMMA.test(gap);
    if (!isComma && !CELL.test(gap)) continue;
    if (gap.includes("\n") && (one.words.length > 1 || two.words.length > 1)) continue;
    if (!isWholeRow(one) || !isWholeRow(two) || isComplete(one) || isComplete(two)) continue;
    const pair = toPair(one, two, isComma, left);
    if (pair) return pair;
  }
  return undefined;
}

function isWholeRow({ words, chain }: PersonCandidate): boolean {
  return words.length === chain.words.length;
}

function isComplete({ words }: PersonCandidate): boolean {
  const { name, surname } = splitName(words);
  const [first] = words;
  const isPlain = first !== undefined && (isGivenName(first.folded) || /[а-я]/.test(first.folded));
  return (
    isPlain &&
    name.length > 0 &&
    surname.length > 0 &&
    name.some(({ folded }) => isGivenName(folded)) &&
    !isSurnameFirst(words)
  );
}

function isSurnameFirst(words: readonly Word[]): boolean {
  return words.every(({ folded }) => hasSurnameLook(folded) > 0);
}

function toPair(one: PersonCandidate, two: PersonCandidate, isComma: boolean, left: string) {
  const [first, second] = [toGivenShare(one), toGivenShare(two)];
  const isCsv = isComma && !left.slice(one.words.at(-1)?.end, two.words[0]?.start).includes(" ");
  if (second > first) return { name: two.words, surname: one.words };
  if (second === first && hasLook(one) > hasLook(two)) return { name: two.words, surname: one.words };
  if (isComma && !isCsv) return undefined;
  if (two.words.every(({ folded }) => places.has(folded))) return undefined;
  if (first === 0 && hasLook(one) > hasLook(two)) return { name: two.words, surname: one.words };
  return { name: one.words, surname: two.words };
}

function toGivenShare({ words }: PersonCandidate): number {
  return words.filter(({ folded }) => isGivenName(folded)).length / words.length;
}

function hasLook({ words }: PersonCandidate): number {
  return Math.max(...words.map(({ folded }) => hasSurnameLook(folded)));
}

function takePair(sheet: Sheet, name: readonly Word[], surname: readonly Word[]): void {
  const split = splitName(name);
  const given = split.aside.length > 0 ? name.filter((word) => !split.aside.includes(word)) : name;
  fillWords(sheet, "name", given);
  fillWords(sheet, "surname", surname);
  for (const word of split.aside) blank(sheet, word.start, word.end, ASIDE);
}

function take(sheet: Sheet, words: readonly Word[]): void {
  const { name, surname, aside, isUnsure } = splitName(words);
  if (name.length + surname.length === 0) return;
  fillWords(sheet, "name", name);
  fillWords(sheet, "surname", surname);
  for (const word of aside) blank(sheet, word.start, word.end, ASIDE);
  if (isUnsure) sheet.flags.name = "name_unsure";
  dropConnectors(sheet, words[0]?.start ?? 0);
}

function fillWords(sheet: Sheet, field: "name" | "surname", words: readonly Word[]): void {
  if (words.length === 0) return;
  const name = toName(words);
  sheet.fields[field] ??= name;
  const isKept = sheet.fields[field] === name;
  for (const { start, end } of words) blank(sheet, start, end, isKept ? USED : ASIDE);
}

const INTRODUCTION =
  /(?:меня зовут|мо[её] имя|зовут|my name is|this is|i am|i'm|me llamo|mi nombre es|me chamo|meu nome é|aqui é [ao]|soy|sou [ao]|sou|это|я)[ ,]*$/iu;

function dropConnectors(sheet: Sheet, start: number): void {
  const before = sheet.left.slice(Math.max(0, start - 24), start);
  const words = INTRODUCTION.exec(before);
  if (words && (words.index === 0 || /[^\p{L}]/u.test(before[words.index - 1] ?? " "))) {
    blank(sheet, start - words[0].length, start);
  }
}
