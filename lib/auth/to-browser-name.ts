import Bowser from "bowser";

// Of what it does not know, the parser makes a name of the text itself; two browsers are missing in its own list.
const KNOWN = new Set<string | undefined>([
  ...Object.values(Bowser.BROWSER_MAP),
  "Miui",
  "Opera Touch",
  ...Object.values(Bowser.OS_MAP),
]);
// Longer than browsers call themselves: strangers must not keep its patterns busy.
const MOST_LETTERS = 500;

/** "Chrome, Windows", as a person would tell their browsers apart; null when it does not say. Never longer than 60. */
export function toBrowserName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, MOST_LETTERS));
  return [browser.name, os.name].filter((name) => KNOWN.has(name)).join(", ") || null;
}
