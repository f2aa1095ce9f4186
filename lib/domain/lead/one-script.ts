// Cyrillic letters that look like Latin ones, at the same index as their look-alike.
const CYRILLIC_LOOKALIKES = "авекмнорстухѕіјԁԛԝАВЕКМНОРСТУХЅІЈ";
const LATIN_LOOKALIKES = "abekmhopctyxsijdqwABEKMHOPCTYXSIJ";

const WORD = /[\p{L}\p{M}]+/gu;
const LATIN = /\p{Script=Latin}/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;

/** Each word that mixes Latin and Cyrillic letters, as "Cергей" with a Latin C, in the one script that has all of them. */
export function toOneScript(text: string): string {
  return text.replace(WORD, (word) => {
    const [latin, cyrillic] = [count(word, LATIN), count(word, CYRILLIC)];
    if (latin === 0 || cyrillic === 0) return word;
    const asCyrillic = word.replace(LATIN, toCyrillicLookalike);
    const asLatin = word.replace(CYRILLIC, toLatinLookalike);
    const fits = [
      ...(count(asCyrillic, LATIN) === 0 ? [asCyrillic] : []),
      ...(count(asLatin, CYRILLIC) === 0 ? [asLatin] : []),
    ];
    return (cyrillic >= latin ? fits.at(0) : fits.at(-1)) ?? word;
  });
}

export function toLatinLookalike(letter: string): string {
  return LATIN_LOOKALIKES[CYRILLIC_LOOKALIKES.indexOf(letter)] ?? letter;
}

function toCyrillicLookalike(letter: string): string {
  return CYRILLIC_LOOKALIKES[LATIN_LOOKALIKES.indexOf(letter)] ?? letter;
}

function count(word: string, letters: RegExp): number {
  return word.match(letters)?.length ?? 0;
}
