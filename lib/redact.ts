const HIDDEN = "…";

/** Drivers and parsers quote values, so phones, addresses, handles and names in other alphabets are removed. */
export function redact(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"?|'[^'\n]*'|`[^`\n]*`|=\([^)]*\)/g, HIDDEN)
    .replaceAll(/(?<=Received:? ).*/g, HIDDEN)
    .replaceAll(/[^\s@,;]+@[^\s@,;]+|@\w+|[\w-]{20,}\.[\w-]{10,}[\w.-]*/g, HIDDEN)
    .replaceAll(/\+?\d[\d ()-]{5,}\d/g, HIDDEN)
    .replaceAll(/[^\p{ASCII}…]+/gu, HIDDEN);
}
