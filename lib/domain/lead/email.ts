import { cleanContact } from "./clean-text";

const DRESS =
  /^(?:["'«„“<([\s]+|(?:mailto|e-?mail|почта)\s*:\s*)+|["'»”>)\],.;:!\s]+$|\?(?:subject|body|cc|bcc)=.*$/giu;
// Names and domains may be in any script (иван@почта.рф). No repetition is nested, so that the time grows with the length.
const LOCAL = /^[\p{L}\p{M}\d_'+-](?:[\p{L}\p{M}\d_'+.!#$%&*/=?^`{|}~-]{0,62}[\p{L}\p{M}\d_+-])?$/u;
const LABEL = /^[\p{L}\p{M}\d](?:[\p{L}\p{M}\d-]{0,61}[\p{L}\p{M}\d])?$/u;
const TOP = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z\d-]{1,59})$/iu;
const LONGEST = 254;

export function isEmail(text: string): boolean {
  if (text.length > LONGEST) return false;
  const [local = "", domain = "", ...more] = text.split("@");
  const labels = domain.split(".");
  return (
    more.length === 0 &&
    labels.length > 1 &&
    LOCAL.test(local) &&
    !local.includes("..") &&
    labels.every((label) => LABEL.test(label)) &&
    TOP.test(labels.at(-1) ?? "")
  );
}

/** `<ivan@example.com>,` and `mailto:ivan@example.com` are the address in them. A text without one stays as typed. */
export function toEmail(text: string): string {
  const plain = cleanContact(text);
  const bare = plain
    .slice(0, 2 * LONGEST)
    .replace(DRESS, "")
    .replace(DRESS, "");
  return isEmail(bare) ? bare : plain;
}
