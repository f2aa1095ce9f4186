import "server-only";
import { getDb } from "@/lib/db/client";
import { saveCookie } from "./own-cookies";
import { LOCALE_COOKIE, type Locale, THEME_COOKIE, type Theme } from "./schema";

/** Saves the choice in the browser for its next page load, and with the person for their other browsers. */
export async function saveLocale(locale: Locale, personId: string | undefined): Promise<void> {
  if (personId) await getDb().updateTable("people").set({ locale }).where("id", "=", personId).execute();
  await saveCookie(LOCALE_COOKIE, locale);
}

export async function saveTheme(theme: Theme, personId: string | undefined): Promise<void> {
  if (personId) await getDb().updateTable("people").set({ theme }).where("id", "=", personId).execute();
  await saveCookie(THEME_COOKIE, theme);
}
