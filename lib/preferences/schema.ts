import * as z from "zod/mini";

import { locales, themes } from "./words";

export * from "./words";

export const LOCALE_COOKIE = "lead-desk-locale";
export const THEME_COOKIE = "lead-desk-theme";

export const localeSchema = z.enum(locales);
export const themeSchema = z.enum(themes);
