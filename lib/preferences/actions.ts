"use server";

import { openAction } from "@/lib/action";
import { saveLocale, saveTheme } from "./mutations";
import { localeSchema, themeSchema } from "./schema";

export const chooseLocale = openAction(localeSchema, (locale) => saveLocale(locale));
export const chooseTheme = openAction(themeSchema, (theme) => saveTheme(theme));
