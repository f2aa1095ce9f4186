import { type Chain, listChains, type Word } from "@/lib/domain/paste/text/list-chains";
import { blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";
import { companyMarks, connectors, fillers } from "@/lib/domain/paste/words/fillers";
import { isProfession } from "@/lib/domain/paste/words/is-profession";
import { places } from "@/lib/domain/paste/words/places";

const STUDY =
  /^(?:высше[ей]|неоконченное|незаконченное|среднее|среднее-специальное|средне-специальное|образовани[ея]|бакалавр|бакалавриат|магистр|магистратура|кандидат|специалитет|вуз|мгу|спбгу|вшэ|мфти|мгимо|мгту|университет|институт|колледж|техникум|училище|пту|mba|мба|emba|phd|bsc|msc|ba|bachelor|bachelors|bachelor's|master's|masters|degree|diploma|graduate|undergraduate|highschool|university|college|licenciatura|licenciad[oa]|formad[oa]|grado|posgrado|postgrado|maestria|master|doctorado|bachillerato|universitari[oa]|universidad|diplomatura|fp|secundaria|preparatoria|superior|ensino|graduacao|graduad[oa]|pos-graduacao|posgraduacao|mestrado|doutorado|doutoramento|bacharel|bacharelado|licenciatura|universidade|faculdade|tecnologo)$/u;
const JOINER = /^(?:of|de|da|do|das|dos|del|по|for|e|y|и|em|en|&|la|las|los)$/;
const VERB = /(?:ться|ать|ить|еть|ает|яет|еет|ует|ют|ут|ит|ала|ила|ело|лся|лась)$/;
const ADJECTIVE =
  /(?:ый|ий|ой|ая|яя|ое|ого|ым|им)$|^(?:ст|гл|мл|зам|экс|топ|веб|арт|ведущ|it|hr|pr|smm|seo|ux|ui|qa|crm|web)$/;

export function readJobs(sheet: Sheet): void {
  for (const { kind, start, end } of sheet.hints) {
    if (kind === "profession" || kind === "education") takeLabelled(sheet, kind, start, end);
  }
  for (const chain of listChains(sheet.left)) {
    if (sheet.fields.education === undefined) readEducation(sheet, chain);
  }
  for (const chain of listChains(sheet.left)) {
    if (sheet.fields.profession === undefined) readProfession(sheet, chain);
  }
}

function takeLabelled(sheet: Sheet, kind: "profession" | "education", start: number, end: number): void {
  const value = /^[\s\p{P}]*([^\ue000\ue001\n]*[^\s\ue000\ue001.,;)\n-])/u.exec(sheet.left.slice(start, end));
  if (!value?.[1] || !/\p{L}/u.test(value[1])) return;
  const from = start + value[0].length - value[1].length;
  fill(sheet, kind, value[1].replaceAll("\ue002", " "), from, from + value[1].length);
}

function readEducation(sheet: Sheet, { words }: Chain): void {
  const at = words.findIndex(({ folded }) => STUDY.test(folded));
  if (at < 0 || !isStudy(words, at)) return;
  const to = findEnd(words, at, true);
  const from =
    words[at - 1] &&
    /^(?:неоконченное|незаконченное|полное|два|среднее|ensino|formacion)$/.test(words[at - 1]?.folded ?? "")
      ? at - 1
      : at;
  takePhrase(sheet, "education", words, from, to);
}

/** "superior" and "master" alone can mean many things. */
function isStudy(words: readonly Word[], at: number): boolean {
  const { folded = "" } = words[at] ?? {};
  const next = words[at + 1]?.folded ?? "";
  if (/^(?:superior|secundaria|grado|ba|fp|graduate|formad[oa])$/.test(folded))
    return /^(?:complet|en$|em$|universitari|of$|in$)/.test(next) || words.length === 1;
  if (folded === "master") return next === "" || /^(?:en|of|in|em|degree|de)$/.test(next);
  if (/^(?:кандидат)$/.test(folded)) return /наук/.test(next);
  return !isProfession(next);
}

function readProfession(sheet: Sheet, { words }: Chain): void {
  const heads = words.flatMap(({ folded, raw }, at) => (isHead(folded, raw) ? [at] : []));
  const [head] = heads;
  if (head === undefined) return;
  takePhrase(
    sheet,
    "profession",
    words,
    findStart(words, head),
    findEnd(words, heads.at(-1) === head ? head : lastOf(words, heads), false),
  );
}

function isHead(folded: string, raw: string): boolean {
  return isProfession(folded) && !fillers.has(folded) && raw.length > 1;
}

/** Consecutive heads form one title: "doctor veterinario", "продавец-консультант менеджер". */
function lastOf(words: readonly Word[], heads: readonly number[]): number {
  let last = heads[0] ?? 0;
  for (const at of heads.slice(1)) {
    if (words.slice(last + 1, at).some(({ folded }) => fillers.has(folded) && !JOINER.test(folded))) break;
    last = at;
  }
  return last;
}

function findStart(words: readonly Word[], head: number): number {
  let start = head;
  while (start > 0 && isModifier(words[start - 1], words[head])) start -= 1;
  return start;
}

function isModifier(word: Word | undefined, head: Word | undefined): boolean {
  if (!word || !head) return false;
  const { folded, raw } = word;
  if (fillers.has(folded) || connectors.has(folded) || places.has(folded)) return false;
  if (/[а-я]/.test(folded)) return ADJECTIVE.test(folded);
  if (isCapital(raw) !== isCapital(head.raw) && raw !== raw.toUpperCase()) return false;
  return /^[a-z]/.test(folded) && /^[a-z]/.test(head.folded);
}

function findEnd(words: readonly Word[], head: number, isStudy: boolean): number {
  let end = head;
  for (let at = head + 1; at < words.length; at += 1) {
    const word = words[at];
    const next = words[at + 1];
    if (!word) break;
    if (JOINER.test(word.folded) || (isStudy && /^(?:in|в|at)$/.test(word.folded))) {
      if (!next || (fillers.has(next.folded) && !JOINER.test(next.folded))) break;
      if (!JOINER.test(next.folded)) {
        end = at + 1;
        at += 1;
      }
      continue;
    }
    const isTail = continues(word, words[head], isStudy);
    if (!isTail) break;
    end = at;
  }
  return end;
}

function continues({ folded, raw }: Word, head: Word | undefined, isStudy: boolean): boolean {
  if (fillers.has(folded) || connectors.has(folded) || (places.has(folded) && !isStudy)) return false;
  if (companyMarks.has(folded) && raw === raw.toUpperCase()) return false;
  if (VERB.test(folded) && /[а-я]/.test(folded)) return false;
  if (isStudy) return true;
  return !isCapital(raw) || isCapital(head?.raw ?? "");
}

function isCapital(raw: string): boolean {
  return /^\p{Lu}/u.test(raw);
}

function takePhrase(
  sheet: Sheet,
  field: "profession" | "education",
  words: readonly Word[],
  from: number,
  to: number,
): void {
  const [first, last] = [words[from], words[to]];
  if (!first || !last) return;
  fill(sheet, field, sheet.text.slice(first.start, last.end).replaceAll(/\s+/g, " "), first.start, last.end);
  for (const word of words.slice(0, from).toReversed()) {
    if (
      !connectors.has(word.folded) &&
      !/^(?:работаю|работает|работал|по|профессии|works?|as|trabaj[ao]|trabalh[ao]|como)$/.test(word.folded)
    )
      return;
    blank(sheet, word.start, word.end);
  }
}
