import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { LOCALE_COOKIE, type Locale, THEME_COOKIE, type Theme } from "./schema";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function saveLocale(locale: Locale): Promise<void> {
  await saveCookie(LOCALE_COOKIE, locale);
}

export async function saveTheme(theme: Theme): Promise<void> {
  await saveCookie(THEME_COOKIE, theme);
}

async function saveCookie(name: string, value: string): Promise<void> {
  const secure = getEnv().appUrl.startsWith("https:");
  (await cookies()).set(name, value, { maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure });
}
