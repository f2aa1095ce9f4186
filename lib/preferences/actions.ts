"use server";

import { openAction } from "@/lib/action";
import { saveLocale, saveTheme } from "./mutations";
import { localeSchema, themeSchema } from "./schema";

export const chooseLocale = openAction(localeSchema, (locale, user) => saveLocale(locale, user?.id));
export const chooseTheme = openAction(themeSchema, (theme, user) => saveTheme(theme, user?.id));
