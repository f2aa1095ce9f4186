import { fold } from "./fold";

export type KnownSource = { name: string; aliases: readonly string[] };
export type Spelling = { name: string; parts: { word: string; stem: string }[] };

const ENDING =
  /(?:ами|ями|иях|ого|ему|ому|ыми|ими|ах|ях|ов|ев|ой|ей|ом|ем|ам|ям|ии|ию|ия|ие|ые|ых|ым|ий|ый|ая|ую|ое|[аяоеыиуюьй])$/;

export function toSpellings(sources: readonly KnownSource[]): Spelling[] {
  return sources.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((spelling) => ({
      name,
      parts: fold(spelling)
        .split(/[\s-]+/)
        .map((word) => ({ word, stem: toStem(word) })),
    })),
  );
}

export function findSource(words: readonly string[], from: number, spellings: readonly Spelling[]) {
  const stem = toStem(words[from] ?? "");
  let best: { name: string; length: number } | undefined;
  for (const { name, parts } of spellings) {
    const [first] = parts;
    if (!first || parts.length <= (best?.length ?? 0) || !isSame(first, words[from], stem)) continue;
    const rest = parts.slice(1);
    if (rest.every((part, at) => isSame(part, words[from + 1 + at]))) best = { name, length: parts.length };
  }
  return best;
}

function isSame(
  part: Spelling["parts"][number],
  word: string | undefined,
  stem = toStem(word ?? ""),
): boolean {
  if (!word) return false;
  if (part.word === word) return true;
  return part.word.length > 3 && (part.stem === stem || part.word === stem);
}

function toStem(word: string): string {
  return /[а-я]/.test(word) ? word.replace(ENDING, "") : word.replace(/s$/, "");
}
