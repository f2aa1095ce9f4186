import { givenNames } from "./given-names";

const LETTERS: Record<string, string> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
  ә: "a",
  ғ: "g",
  қ: "k",
  ң: "n",
  ө: "o",
  ұ: "u",
  ү: "u",
  һ: "h",
  і: "i",
  ї: "i",
  є: "e",
  ґ: "g",
};
let sounds: Set<string> | undefined;

export function isGivenName(word: string): boolean {
  if (givenNames.has(word)) return true;
  if (word.includes("-")) return word.split("-").every((part) => part.length > 1 && isGivenName(part));
  sounds ??= new Set([...givenNames].filter((name) => name.length > 3).map(toSound));
  return word.length > 3 && sounds.has(toSound(word));
}

/** One key for all spellings of a name: Ксения, Ksenia, Kseniya. */
function toSound(word: string): string {
  return word
    .replaceAll(/[\u0400-\u04ff]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll("kh", "h")
    .replaceAll("ph", "f")
    .replaceAll("x", "ks")
    .replaceAll(/[yj]/g, "i")
    .replaceAll(/(.)\1+/g, "$1")
    .replace(/ii?a$/, "ia");
}
