// Not all particles of a name: "ben" and "al" are given names too.
const SMALL = /^(?:de|da|do|das|dos|del|la|las|los|di|du|van|von|der|den|ter|ten|le|e|y|фон|ван|оглы|кызы)$/;

/** A name wholly in lower or upper case with capitals at the start of its words, except particles. */
export function toNameCase(text: string): string {
  const isLower = text === text.toLowerCase();
  const isUpper = text === text.toUpperCase() && /\p{L}{2}/u.test(text);
  if (!isLower && !isUpper) return text;
  return text
    .split(" ")
    .map((word) => (SMALL.test(word.toLowerCase()) ? word.toLowerCase() : toCapitals(word)))
    .join(" ");
}

function toCapitals(word: string): string {
  return word.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (part, at: number) => {
    const isTail = at > 0 && /['’]/.test(word[at - 1] ?? "") && part.length === 1;
    const isArticle = at === 0 && /^(?:аль|эль|ад|аш|ас)$/iu.test(part) && word[part.length] === "-";
    // Georgian has capitals for whole words only, and names are not written in them.
    const isGeorgian = /^\p{Script=Georgian}/u.test(part);
    if (isTail || isArticle || isGeorgian) return part.toLowerCase();
    return part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase();
  });
}
