import Bowser from "bowser";

// Of what it does not know, the parser makes a name of the text itself; the last two are missing in its own list.
const BROWSERS = new Set([...Object.values(Bowser.BROWSER_MAP), "Miui", "Opera Touch"]);
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP));
// Longer than browsers call themselves: strangers must not keep its patterns busy.
const MOST_LETTERS = 500;

/** "Chrome, Windows", as a person would tell their browsers apart; null when it does not say. Never longer than 60. */
export function toBrowserName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent.slice(0, MOST_LETTERS));
  const known = [
    ...[browser.name ?? ""].filter((name) => BROWSERS.has(name)),
    ...[os.name ?? ""].filter((name) => SYSTEMS.has(name)),
  ];
  return known.join(", ") || null;
}
