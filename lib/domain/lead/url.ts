import { cleanLine } from "./clean-text";

const SCHEME = /^[a-z][a-z\d+.-]*:(?!\d)/i;
const LONGEST = 2000;

/** A web address with its scheme: `vk.com/id1` gets `https://`. Undefined for anything else, other schemes included. */
export function toUrl(text: string): string | undefined {
  const plain = cleanLine(text.slice(0, LONGEST));
  if (/\s/.test(plain)) return undefined;
  const full = SCHEME.test(plain) ? plain : `https://${plain.replace(/^\/\//, "")}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, username, hostname } = new URL(full);
  // An e-mail would be a person's name at a web server.
  if (username !== "" && full !== plain) return undefined;
  return /^https?:$/.test(protocol) && /[^.]\.[^.]/.test(hostname) ? full : undefined;
}

/** Words without a scheme may stand in a field for addresses: a browser opens nothing but a page by them. */
export function toUrlOrWords(text: string): string | undefined {
  return toUrl(text) ?? (SCHEME.test(cleanLine(text.slice(0, LONGEST))) ? undefined : text);
}
