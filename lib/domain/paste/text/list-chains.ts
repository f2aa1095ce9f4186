import { fold } from "./fold";
import { NICKNAME } from "./sheet";

export type Word = { raw: string; folded: string; start: number; end: number };
export type Chain = { words: Word[]; start: number; end: number };

const WORD = /(?:\p{L}\.-?){1,3}(?![\p{L}\d])|\p{L}[\p{L}\p{M}]*(?:['’ʼ.&-][\p{L}\p{M}]+)*\.?/gu;
const ABBREVIATION =
  /^(?:mr|mrs|ms|dr|prof|sr|sra|srta|jr|st|d|dª|dña|exmo|eng|г|г-н|г-жа|ул|тел|моб|ltd|inc|ltda|cia|s\.l|s\.a|i\.i)\.$/iu;
const GAP = new RegExp(`^[ ${NICKNAME}]*$`);

/** `offset` is where `left` starts in the text. */
export function listChains(left: string, offset = 0): Chain[] {
  const chains: Chain[] = [];
  let words: Word[] = [];
  let reach = 0;
  for (const match of left.matchAll(WORD)) {
    const word = toWord(match[0], match.index + offset);
    if (words.length > 0 && !GAP.test(left.slice(reach - offset, word.start - offset))) {
      chains.push(toChain(words));
      words = [];
    }
    words.push(word);
    reach = word.end;
  }
  if (words.length > 0) chains.push(toChain(words));
  return chains;
}

/** A full stop belongs to initials and abbreviations. Elsewhere it ends a sentence. */
function toWord(text: string, start: number): Word {
  const isInitial = /^(?:\p{L}\.-?)+$/u.test(text);
  const raw = text.endsWith(".") && !isInitial && !ABBREVIATION.test(text) ? text.slice(0, -1) : text;
  return { raw, folded: fold(raw), start, end: start + raw.length };
}

function toChain(words: Word[]): Chain {
  return { words, start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
