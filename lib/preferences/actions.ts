"use server";

import { cookies } from "next/headers";
import { openAction } from "@/lib/action";
import { LOCALE_COOKIE, localeSchema, THEME_COOKIE, themeSchema } from "./schema";

const A_YEAR = { maxAge: 365 * 24 * 60 * 60, sameSite: "lax", httpOnly: true } as const;

export const chooseLocale = openAction(localeSchema, async (locale) =>
  (await cookies()).set(LOCALE_COOKIE, locale, A_YEAR),
);

export const chooseTheme = openAction(themeSchema, async (theme) =>
  (await cookies()).set(THEME_COOKIE, theme, A_YEAR),
);
