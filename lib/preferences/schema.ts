import * as z from "zod/mini";

import { locales, themes } from "./words";

export * from "./words";

export const LOCALE_COOKIE = "lead-desk-locale";
export const THEME_COOKIE = "lead-desk-theme";

/** How long a browser keeps a choice; no script needs to read it. */
export const KEPT = { maxAge: 365 * 24 * 60 * 60, sameSite: "lax", httpOnly: true, path: "/" } as const;

export const localeSchema = z.enum(locales);
export const themeSchema = z.enum(themes);
