import type { Word } from "@/lib/domain/paste/text/list-chains";
import { hasSurnameLook } from "@/lib/domain/paste/words/has-surname-look";
import { isGivenName } from "@/lib/domain/paste/words/is-given-name";
import { PARTICLE, SON_OF, TITLE } from "@/lib/domain/paste/words/name-words";

export type SplitName = { name: Word[]; surname: Word[]; aside: Word[]; isUnsure: boolean };
/** A word with its particles, or initials. A unit is never divided. */
type Unit = { words: Word[]; given: boolean; look: number; isInitial: boolean; hasParticle: boolean };

const JOINER = /^(?:e|y)$/;
const MALE_PATRONYMIC = /.(?:ович|евич|ьич|[кмтф]ич|нич|ovich|evich)$/;
const FEMALE_PATRONYMIC = /.(?:овна|евна|инична|ична|ovna|evna|ichna)$/;
const RELIGIOUS_SECOND_NAME =
  /^(?:carmen|pilar|mar|rosario|rocio|jesus|angeles|dolores|lourdes|socorro|consuelo|mercedes|nieves|soledad|remedios|gracas|conceicao|anjos|fatima|luz|paz|guadalupe)$/;
const IBERIAN_SECOND =
  /^(?:jose|maria|paula|luis|luisa|carlos|ana|pedro|juan|joao|antonio|eduarda|eduardo|clara|julia|alice|beatriz|fernanda|henrique|felipe|miguel|angel|manuel|roberto|elena|isabel|carmen|pilar|teresa|helena|cecilia|luiza|vitoria|rita|sofia|rosa|gabriel|gabriela|pablo|ignacio|jesus|alberto|francisco|javier|alejandro|andres|enrique|cristina|lucia|laura|victoria|fernando|rafael|augusto|cesar|guilherme|ricardo|paulo|de jesus|dos anjos|angeles|dolores|mar|rocio|sol|fe|belen|paz|leticia|carolina|valentina|eugenia)$/;

/** Patronymics, titles and courtesy words are neither given names nor surnames. */
export function splitName(words: readonly Word[]): SplitName {
  const titles = words.filter(
    ({ folded, raw }) => TITLE.test(folded) && (raw.length > 1 || raw.endsWith(".")),
  );
  const named = words.filter((word) => !titles.includes(word));
  const { kept, patronymic, after } = takePatronymic(named);
  const units = toUnits(kept);
  const { given, isUnsure } = pickGiven(units, patronymic.length > 0 ? after : undefined, titles.length > 0);
  const name = units.filter((unit) => given.includes(unit)).flatMap((unit) => unit.words);
  const surname = units.filter((unit) => !given.includes(unit)).flatMap((unit) => unit.words);
  return { name, surname, aside: [...titles, ...patronymic], isUnsure };
}

/** `after` is the number of words before the patronymic. The given name is the last of them. */
function takePatronymic(words: Word[]): { kept: Word[]; patronymic: Word[]; after: number } {
  const son = words.findIndex(({ folded }) => SON_OF.test(folded));
  if (son > 0) return cut(words, son - 1, 2);
  const at = words.findIndex(({ folded }, index) => index > 0 && isPatronymic(folded, index, words));
  return at < 0 ? { kept: words, patronymic: [], after: 0 } : cut(words, at, 1);
}

function cut(words: Word[], at: number, count: number) {
  return {
    kept: [...words.slice(0, at), ...words.slice(at + count)],
    patronymic: words.slice(at, at + count),
    after: at,
  };
}

/** After two names Абрамович is a patronymic; after a woman's name it is a surname. */
function isPatronymic(word: string, index: number, words: readonly Word[]): boolean {
  if (FEMALE_PATRONYMIC.test(word)) return true;
  if (!MALE_PATRONYMIC.test(word)) return false;
  const before = words[index - 1]?.folded ?? "";
  const isLatin = /[a-z]/.test(word);
  const isWoman =
    isGivenName(before) &&
    /[ая]$/.test(before) &&
    !/^(?:никита|илья|кузьма|лука|фома|савва|данила|миша|саша|женя|дима|коля|ваня|паша|витя|петя|толя|гена|слава|костя|гриша|леша|сережа|вова|вася|митя|федя|юра|сева|рома|тема)$/.test(
      before,
    );
  return !isWoman && (!isLatin || words.length > 2);
}

function toUnits(words: readonly Word[]): Unit[] {
  const units: Unit[] = [];
  let particles: Word[] = [];
  for (const word of words) {
    if (
      PARTICLE.test(word.folded) &&
      word !== words.at(-1) &&
      (units.length > 0 || particles.length > 0 || (isLower(word) && !isGivenName(word.folded)))
    ) {
      particles.push(word);
      continue;
    }
    const joins = particles.some(({ folded }) => JOINER.test(folded)) && units.length > 0;
    if (joins) units.at(-1)?.words.push(...particles, word);
    else units.push(toUnit(particles, word));
    particles = [];
  }
  if (particles.length > 0) units.at(-1)?.words.push(...particles);
  return units;
}

function toUnit(particles: Word[], word: Word): Unit {
  const isInitial = /^(?:\p{L}\.-?)+$|^\p{L}$/u.test(word.raw);
  const hasParticle = particles.length > 0;
  const given = !hasParticle && !isInitial && isGivenName(word.folded);
  return {
    words: [...particles, word],
    given,
    look: isInitial ? 0 : hasSurnameLook(word.folded),
    isInitial,
    hasParticle,
  };
}

function isLower(word: Word): boolean {
  return word.raw === word.raw.toLowerCase();
}

function pickGiven(
  units: Unit[],
  after: number | undefined,
  isTitled: boolean,
): { given: Unit[]; isUnsure: boolean } {
  const [first, second] = units;
  if (!first) return { given: [], isUnsure: false };
  if (!second) return pickLone(first, isTitled);
  if (units.some((unit) => unit.isInitial)) return pickWithInitials(units);
  const religious = countReligiousNames(units);
  if (religious > 1) return { given: units.slice(0, religious), isUnsure: false };
  if (after !== undefined)
    return { given: units.filter((_, at) => at === Math.max(0, after - 1)), isUnsure: false };
  return units.length === 2 ? pickOfTwo(first, second) : pickOfMany(units);
}

function pickLone(unit: Unit, isTitled: boolean) {
  const isSurname = (!unit.given || isTitled) && (unit.look > 1 || unit.hasParticle);
  return { given: isSurname ? [] : [unit], isUnsure: !unit.given && unit.look < 1.5 };
}

/** In `И. С. Петров` and `Walter H. Brown` the initials belong to the name; in `Anna K` the letter is the surname. */
function pickWithInitials(units: Unit[]) {
  const full = units.filter((unit) => !unit.isInitial);
  const [only] = full;
  const initials = units.filter((unit) => unit.isInitial);
  if (full.length === 0) return { given: units, isUnsure: true };
  if (full.length > 1 || !only) {
    const { given, isUnsure } =
      full.length === 2 && full[0] && full[1] ? pickOfTwo(full[0], full[1]) : pickOfMany(full);
    return { given: [...given, ...initials], isUnsure };
  }
  const isAfterGiven =
    units[0] === only &&
    (only.given || only.look < 1.5) &&
    initials.length === 1 &&
    initials[0]?.words[0]?.raw.replace(".", "").length === 1;
  return { given: isAfterGiven ? [only] : initials, isUnsure: false };
}

function pickOfTwo(first: Unit, second: Unit) {
  const isCompound =
    first.given && second.given && second.look === 0 && IBERIAN_SECOND.test(second.words[0]?.folded ?? "");
  if (isCompound && isIberian(first)) return { given: [first, second], isUnsure: false };
  const swaps =
    !first.given && !second.hasParticle && (second.given || (first.look > second.look && isCyrillic(first)));
  const isKnown = first.given || second.given || first.look !== second.look;
  return { given: swaps || first.hasParticle ? [second] : [first], isUnsure: !isKnown };
}

function pickOfMany(units: Unit[]) {
  const [first] = units;
  const last = units.at(-1);
  if (first && !first.given && last?.given) {
    let from = units.length - 1;
    while (from > 1 && isSecondName(units[from - 1])) from -= 1;
    return { given: units.slice(from), isUnsure: false };
  }
  let to = 1;
  while (to < units.length - 1 && isSecondName(units[to])) to += 1;
  return { given: units.slice(0, to), isUnsure: !first?.given };
}

/** In "María del Carmen Ruiz" and "Maria das Graças" the particle belongs to the given name. */
function countReligiousNames(units: readonly Unit[]): number {
  const [first, second] = units;
  const isReligious =
    first?.given && second?.hasParticle && RELIGIOUS_SECOND_NAME.test(second.words.at(-1)?.folded ?? "");
  return isReligious ? 2 : 0;
}

function isSecondName(unit: Unit | undefined): boolean {
  return unit?.given === true && (unit.look === 0 || IBERIAN_SECOND.test(unit.words[0]?.folded ?? ""));
}

function isCyrillic(unit: Unit): boolean {
  return /[\u0400-\u04ff]/.test(unit.words[0]?.raw ?? "");
}

/** Compound given names without a surname are accepted only where they are usual. */
function isIberian(unit: Unit): boolean {
  return IBERIAN_SECOND.test(unit.words[0]?.folded ?? "") && !isCyrillic(unit);
}
