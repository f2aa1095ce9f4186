import "server-only";
import { headers } from "next/headers";
import { findCookie } from "./own-cookies";
import {
  LOCALE_COOKIE,
  type Locale,
  localeSchema,
  MORE_COOKIE,
  THEME_COOKIE,
  type Theme,
  themeSchema,
} from "./schema";

/** The person's choice, else the first language of the browser that we support, else English. */
export async function getLocale(): Promise<Locale> {
  const chosen = localeSchema.safeParse(await findCookie(LOCALE_COOKIE));
  if (chosen.success) return chosen.data;

  const accepted = (await headers()).get("accept-language") ?? "";
  const spoken = localeSchema.safeParse(/\b(en|ru)\b/i.exec(accepted)?.[0].toLowerCase());
  return spoken.data ?? "en";
}

export async function getTheme(): Promise<Theme> {
  return themeSchema.safeParse(await findCookie(THEME_COOKIE)).data ?? "system";
}

export async function isMoreOpen(): Promise<boolean> {
  return (await findCookie(MORE_COOKIE)) === "open";
}
