import type { Chain, Word } from "@/lib/domain/paste/text/list-chains";
import { companyMarks, connectors, fillers } from "@/lib/domain/paste/words/fillers";
import { hasSurnameLook } from "@/lib/domain/paste/words/has-surname-look";
import { isGivenName } from "@/lib/domain/paste/words/is-given-name";
import { isProfession } from "@/lib/domain/paste/words/is-profession";
import { PARTICLE, SON_OF, TITLE } from "@/lib/domain/paste/words/name-words";
import { places } from "@/lib/domain/paste/words/places";

export type PersonCandidate = { words: Word[]; chain: Chain; score: number };

const VERB = /(?:ть|ться|ет|ют|ит|ишь|ешь|ете|ите|ала|ила|лся|лась)$/;
const INTRODUCED =
  /(?:меня зовут|зовут|мо[её] имя|это|я|с уважением,?|my name is|name is|name's|i'm|i am|this is|soy|me llamo|mi nombre es|me chamo|meu nome é|meu nome e|sou [ao]|sou|aqui é [ao]|aqui é|aqui e a|aquí|regards,?|saludos,?|atenciosamente,?)[\s,]*$/iu;
const CLOSING_MARK =
  /^(?:ltd|llc|inc|corp|co|gmbh|plc|llp|limited|company|group|holdings?|street|st|road|rd|lane|avenue|ave|sl|s\.l|sa|s\.a|ltda|lda|eireli|shop|store|school|college|university|hotel|center|centre|tools|bank|studio|salon)\.?$/;
const ARTICLE = /^(?:аль|эль|ад|аш|al|el)-\p{Lu}/u;
const SPEAKER_MARK = /^:\s/;
const MAX_WORDS = 9;
const MAX_PARTICLES = 4;

export function findPeople(chains: readonly Chain[], left: string): PersonCandidate[] {
  const isFlat = !/\p{Lu}/u.test(chains.map(({ words }) => words.map(({ raw }) => raw).join("")).join(""));
  return chains.flatMap((chain) => {
    return listRows(toBeforeCompany(chain), isFlat).map((words) => ({
      words,
      chain,
      score: toScore(words, chain, left),
    }));
  });
}

function listRows(chain: Chain, isFlat: boolean): Word[][] {
  const rows: Word[][] = [];
  let row: Word[] = [];
  for (const [at, word] of chain.words.entries()) {
    if (
      isNameable(word, row, isFlat) ||
      (isFlat && isFlatSurname(word, chain.words[at + 1])) ||
      isFirstParticle(chain.words, at)
    )
      row.push(word);
    else {
      rows.push(row);
      row = [];
    }
  }
  rows.push(row);
  return rows.map(trimParticles).filter((words) => words.length > 0 && words.length <= MAX_WORDS);
}

/** In "van der Meer Anna" the surname comes first, its particles before it. Only a given name after it tells. */
function isFirstParticle(words: readonly Word[], at: number): boolean {
  if (at >= MAX_PARTICLES) return false;
  const surname = words.slice(0, MAX_PARTICLES + 1).findIndex(({ folded }) => !PARTICLE.test(folded));
  const [next, given] = [words[surname], words[surname + 1]];
  return (
    at < surname &&
    next !== undefined &&
    /^\p{Lu}/u.test(next.raw) &&
    given !== undefined &&
    /^\p{Lu}/u.test(given.raw) &&
    isGivenName(given.folded)
  );
}

function isNameable(word: Word, row: readonly Word[], isFlat: boolean): boolean {
  const { raw, folded } = word;
  const isSmall = raw === raw.toLowerCase() || (isUpper(word) && row.every(isUpper));
  if ((PARTICLE.test(folded) || SON_OF.test(folded)) && row.length > 0 && isSmall) return true;
  if (TITLE.test(folded)) return /^\p{Lu}/u.test(raw) || raw.endsWith(".");
  if (fillers.has(folded.replace(/\.$/, ""))) return false;
  if (/^(?:\p{Lu}\.-?)+$/u.test(raw)) return true;
  if (/^\p{Lu}$/u.test(raw)) return row.length > 0 || !connectors.has(folded);
  const isGiven = isGivenName(folded);
  const afterGiven = row.some((before) => isGivenName(before.folded));
  if (ARTICLE.test(raw)) return true;
  if (!/^\p{Lu}/u.test(raw)) {
    if (isGiven && !isProfession(folded)) return isFlat || row.length === 0;
    return (
      isFlat && afterGiven && !isProfession(folded) && !VERB.test(folded) && row.length < 4 && raw.length > 1
    );
  }
  if (isProfession(folded)) {
    const isSurname = afterGiven && /^\p{Lu}\p{Ll}/u.test(raw) && hasSurnameLook(folded) > 0;
    return (
      isSurname ||
      (isGiven &&
        row.length === 0 &&
        !/^(?:model|page|hunter|mason|baker|judge|major|dean|porter)$/.test(folded))
    );
  }
  return !/\d/.test(raw);
}

function isUpper({ raw }: Word): boolean {
  return raw === raw.toUpperCase();
}

/** In "иванов сергей", without capitals, only the given name after it marks the surname. */
function isFlatSurname(word: Word, next: Word | undefined): boolean {
  return (
    hasSurnameLook(word.folded) > 1 &&
    !isProfession(word.folded) &&
    !fillers.has(word.folded) &&
    next !== undefined &&
    isGivenName(next.folded)
  );
}

function trimParticles(words: Word[]): Word[] {
  let end = words.length;
  while (end > 0 && PARTICLE.test(words[end - 1]?.folded ?? "") && isLower(words[end - 1])) end -= 1;
  return words.slice(0, end);
}

function isLower(word: Word | undefined): boolean {
  return (
    word !== undefined && word.raw === word.raw.toLowerCase() && !/оглы|кызы|қызы|улы|ұлы/.test(word.folded)
  );
}

function toScore(words: readonly Word[], chain: Chain, left: string): number {
  const bare = words.filter(({ folded }) => !TITLE.test(folded) && !PARTICLE.test(folded));
  const given = bare.filter(({ folded }) => isGivenName(folded)).length;
  const look = Math.max(0, ...bare.map(({ folded, raw }) => (raw.length > 1 ? hasSurnameLook(folded) : 0)));
  const titled = words.length > bare.length && words.some(({ folded }) => TITLE.test(folded)) ? 1.5 : 0;
  const start = words[0]?.start ?? 0;
  const end = words.at(-1)?.end ?? 0;
  const isWhole = start === chain.start && end === chain.end;
  const introduced = INTRODUCED.test(left.slice(Math.max(0, start - 24), start)) ? 4 : 0;
  const speaks = SPEAKER_MARK.test(left.slice(end, end + 2)) ? 3 : 0;
  const isPlace = bare.length > 0 && bare.every(({ folded }) => places.has(folded)) && given === 0 ? -4 : 0;
  const known = Math.min(given, 2) * 3 + look + titled;
  const shape =
    bare.length > 1 && bare.length < 5 ? 2 : bare.length === 1 && (isWhole || known > 2) ? 0.5 : -3;
  return known + shape + introduced + speaks + isPlace + (isWhole ? 0.5 : 0);
}

/** "Lawson Tools Ltd" is a company only; "Иван Петров ООО Ромашка" has a person before the company's mark. */
function toBeforeCompany(chain: Chain): Chain {
  const [first, , third] = chain.words;
  if (first && !third && isGivenName(first.folded)) return chain;
  const mark = chain.words.findIndex(isCompanyMark);
  if (mark < 0) return chain;
  const closes = CLOSING_MARK.test(chain.words[mark]?.folded ?? "");
  return { ...chain, words: closes ? [] : chain.words.slice(0, mark) };
}

function isCompanyMark({ raw, folded }: Word): boolean {
  const bare = folded.replace(/\.$/, "");
  return (
    companyMarks.has(bare) &&
    (bare.length > 2 || raw === raw.toLowerCase() || (bare.length === 2 && raw === raw.toUpperCase()))
  );
}
