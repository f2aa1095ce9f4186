const HIDDEN = "…";
// A line of the log is read by people. What is longer is somebody's data.
const MOST_CHARACTERS = 2000;

/**
 * Drivers and parsers quote values, so phones, addresses, handles and names in other alphabets are removed. Each pattern
 * begins where its run of characters begins, or it would be tried again from each of them.
 */
export function redact(text: string): string {
  const rest = text.length > MOST_CHARACTERS ? HIDDEN : "";
  return (text.slice(0, MOST_CHARACTERS) + rest)
    .replaceAll(/"(?:[^"\\]|\\.)*"?|'[^'\n]*'|`[^`\n]*`|=\([^)]*\)?/g, HIDDEN)
    .replaceAll(/(?<=Received:? )[\s\S]*/g, HIDDEN)
    .replaceAll(/(?<![^\s@,;])[^\s@,;]+@[^\s@,;]+|@\w+|(?<![\w-])[\w-]{20,}\.[\w-]{10,}[\w.-]*/g, HIDDEN)
    .replaceAll(/\+?\d[\d ()-]{5,}\d/g, HIDDEN)
    .replaceAll(/[^\p{ASCII}…]+/gu, HIDDEN);
}
