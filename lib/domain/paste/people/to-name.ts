import type { Word } from "@/lib/domain/paste/text/list-chains";

// A shorter list than the particles of a name, because "ben" and "al" are given names too.
const SMALL = /^(?:de|da|do|das|dos|del|la|las|los|di|du|van|von|der|den|ter|ten|le|e|y|фон|ван)$/;

/** Names in all lower or all upper case are capitalised, except particles. */
export function toName(words: readonly Word[]): string {
  const text = words.map(({ raw }) => raw).join(" ");
  const isLower = text === text.toLowerCase();
  const isUpper = text === text.toUpperCase() && /\p{L}{2}/u.test(text);
  if (!isLower && !isUpper) return text;
  return words.map(({ raw, folded }) => (SMALL.test(folded) ? raw.toLowerCase() : toCapitals(raw))).join(" ");
}

function toCapitals(word: string): string {
  return word.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (part, at: number) => {
    const isTail = at > 0 && /['’]/.test(word[at - 1] ?? "") && part.length === 1;
    return isTail ? part.toLowerCase() : part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase();
  });
}
