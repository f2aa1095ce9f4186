import Bowser from "bowser";

// For unknown browsers the parser returns part of the text itself. Two browsers are missing from its own list.
const KNOWN = new Set<string | undefined>([
  ...Object.values(Bowser.BROWSER_MAP),
  "Miui",
  "Opera Touch",
  ...Object.values(Bowser.OS_MAP),
]);
// A limit keeps strangers from slowing the parser down.
const MAX_LETTERS = 500;

/** For example "Chrome, Windows", at most 60 characters; null when the user agent does not tell. */
export function toBrowserName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, MAX_LETTERS));
  return [browser.name, os.name].filter((name) => KNOWN.has(name)).join(", ") || null;
}
