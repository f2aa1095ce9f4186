import "server-only";
import { cookies } from "next/headers";
import { getDb } from "@/lib/db/client";
import { KEPT, LOCALE_COOKIE, type Locale, THEME_COOKIE, type Theme } from "./schema";

/** In the browser for its next first byte; with the person for their other browsers. */
export async function keepLocale(locale: Locale, personId: string | undefined): Promise<void> {
  if (personId) await getDb().updateTable("people").set({ locale }).where("id", "=", personId).execute();
  (await cookies()).set(LOCALE_COOKIE, locale, KEPT);
}

export async function keepTheme(theme: Theme, personId: string | undefined): Promise<void> {
  if (personId) await getDb().updateTable("people").set({ theme }).where("id", "=", personId).execute();
  (await cookies()).set(THEME_COOKIE, theme, KEPT);
}
