import { z } from "zod";

export const locales = ["en", "ru"] as const;
export type Locale = (typeof locales)[number];

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const LOCALE_COOKIE = "lead-desk-locale";
export const THEME_COOKIE = "lead-desk-theme";

export const localeSchema = z.enum(locales);
export const themeSchema = z.enum(themes);
