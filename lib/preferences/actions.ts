"use server";

import { openAction } from "@/lib/action";
import { keepLocale, keepTheme } from "./mutations";
import { localeSchema, themeSchema } from "./schema";

export const chooseLocale = openAction(localeSchema, (locale, user) => keepLocale(locale, user?.id));
export const chooseTheme = openAction(themeSchema, (theme, user) => keepTheme(theme, user?.id));
