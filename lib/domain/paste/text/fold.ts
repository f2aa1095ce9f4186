const LATIN_EXTRAS: Record<string, string> = { ı: "i", ł: "l", ø: "o", đ: "d", ß: "ss", ə: "a" };

export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (/[\u0400-\u04ff]/.test(lower)) return lower.replaceAll("ё", "е");
  if (/^[\u0020-\u007e]*$/.test(lower)) return lower;
  return lower
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[ıłøđßə]/g, (letter) => LATIN_EXTRAS[letter] ?? letter);
}
