export const locales = ["en", "ru"] as const;
export type Locale = (typeof locales)[number];

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Whether the optional fields of the form are shown. The browser writes it. */
export const MORE_COOKIE = "lead-desk-more";

/** Over https no other host of the domain can set it: browsers take a `__Host-` cookie from this host alone. */
export function toCookieName(name: string, isHttps: boolean): string {
  return isHttps ? `__Host-${name}` : name;
}
