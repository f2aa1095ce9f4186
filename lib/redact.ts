const HIDDEN = "…";

/**
 * Words of an error without what a person typed: drivers and parsers quote values, and the rest of a phone, an address,
 * a handle or a name written in other letters is not a word of a programmer.
 */
export function redact(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"?|'[^'\n]*'|`[^`\n]*`|=\([^)]*\)/g, HIDDEN)
    .replaceAll(/(?<=Received:? ).*/g, HIDDEN)
    .replaceAll(/[^\s@,;]+@[^\s@,;]+|@\w+|[\w-]{20,}\.[\w-]{10,}[\w.-]*/g, HIDDEN)
    .replaceAll(/\+?\d[\d ()-]{5,}\d/g, HIDDEN)
    .replaceAll(/[^\p{ASCII}…]+/gu, HIDDEN);
}
