const ENCODED =
  /^([A-Z.\d-]{1,30}(?:;[^:\n]{0,120})?);ENCODING=QUOTED-PRINTABLE([^:\n]{0,80}):((?:[^\n]*=\n)*[^\n]*)/gim;
const CHARSET = /;CHARSET=([\w-]{1,20})/i;

/** Values of a vCard 2.1 are written as bytes: `=D0=9F` is П. Lines that end in `=` go on in the next. */
export function decodeVcard(text: string): string {
  if (!/^BEGIN:VCARD/im.test(text)) return text;
  return text.replaceAll(ENCODED, (_, key: string, more: string, value: string) => {
    const charset = CHARSET.exec(key + more)?.[1] ?? "utf-8";
    return `${(key + more).replace(CHARSET, "")}:${decode(value.replaceAll("=\n", ""), charset)}`;
  });
}

function decode(value: string, charset: string): string {
  return value.replaceAll(/(?:=[\dA-F]{2})+/gi, (codes) => {
    const bytes = Uint8Array.from(codes.slice(1).split("="), (code) => Number.parseInt(code, 16));
    return toDecoder(charset).decode(bytes);
  });
}

function toDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
