import * as z from "zod/mini";

import { locales, themes } from "./constants";

export * from "./constants";

export const LOCALE_COOKIE = "lead-desk-locale";
export const THEME_COOKIE = "lead-desk-theme";

export const localeSchema = z.enum(locales);
export const themeSchema = z.enum(themes);
