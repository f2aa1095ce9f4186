import { fold } from "./fold";
import type { KnownSource } from "./sheet";

const ENDING =
  /(?:ами|ями|иях|ого|ему|ому|ыми|ими|ах|ях|ов|ев|ой|ей|ом|ем|ам|ям|ии|ию|ия|ие|ые|ых|ым|ий|ый|ая|ую|ое|[аяоеыиуюьй])$/;

/** Where the words at `from` are a source's name or alias, inflected too: the name and how many words it takes. */
export function findSource(words: readonly string[], from: number, sources: readonly KnownSource[]) {
  let best: { name: string; length: number } | undefined;
  for (const { name, aliases } of sources) {
    for (const spelling of [name, ...aliases]) {
      const parts = toParts(spelling);
      if (parts.length <= (best?.length ?? 0)) continue;
      if (parts.every((part, at) => isSame(part, words[from + at]))) best = { name, length: parts.length };
    }
  }
  return best;
}

function toParts(spelling: string): string[] {
  return fold(spelling).split(/[\s-]+/);
}

function isSame(part: string, word: string | undefined): boolean {
  if (word === undefined) return false;
  return part === word || (part.length > 3 && toStem(part) === toStem(word));
}

function toStem(word: string): string {
  return /[а-я]/.test(word) ? word.replace(ENDING, "") : word.replace(/s$/, "");
}
