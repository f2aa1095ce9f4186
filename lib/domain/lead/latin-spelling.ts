// ICAO Doc 9303, part 3, section 6, which Russian passports follow (GOST R 52535.1); Ukrainian and Kazakh letters beside.
const ICAO: Record<string, string> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "zh", з: "z", и: "i", й: "i", к: "k", л: "l" },
  ...{ м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch" },
  ...{ ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "", э: "e", ю: "iu", я: "ia", і: "i", є: "ie", ґ: "g", ў: "u" },
  ...{ ә: "a", ғ: "g", қ: "k", ң: "n", ө: "o", ұ: "u", ү: "u", һ: "h" },
};

// Other usual spellings of the same sounds: older passports, GOST 7.79, English, German and Polish ways.
const SPELLINGS: Record<string, string> = {
  ...{ shch: "sh", shh: "sh", sch: "sh", sh: "sh", tch: "ch", ch: "ch", zh: "zh", kh: "h", ph: "f", th: "t" },
  ...{ tz: "ts", cz: "ts", ck: "k", c: "k", q: "k", x: "ks", w: "v", j: "i", y: "i" },
};
const SPELLING = new RegExp(
  Object.keys(SPELLINGS)
    .sort((a, b) => b.length - a.length)
    .join("|"),
  "g",
);

/**
 * One spelling for all usual Latin spellings of a name and for its Cyrillic one: Юлия, Iuliia, Yuliya and Julia are "iulia".
 * It is for comparing only. Takes normalised words of a search key.
 */
export function toLatinSpelling(words: string): string {
  return words
    .replace(/\p{Script=Cyrillic}/gu, (letter) => ICAO[letter] ?? letter)
    .replace(SPELLING, (letters) => SPELLINGS[letters] ?? letters)
    .replace(/(\p{L})\1+/gu, "$1")
    .replace(/i[eo]/g, "e")
    .replace(/ee+/g, "e");
}
