import Bowser from "bowser";

/** "Chrome, Windows", as a person would tell their browsers apart; null when it does not say. */
export function toBrowserName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter(Boolean).join(", ") || null;
}
