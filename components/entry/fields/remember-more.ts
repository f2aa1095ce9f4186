import { MORE_COOKIE, toCookieName } from "@/lib/preferences/constants";

const A_YEAR = 365 * 24 * 60 * 60;

/** A cookie, so that the page comes from the server as it was left. */
export function rememberMore(isOpen: boolean): void {
  const isHttps = location.protocol === "https:";
  const name = toCookieName(MORE_COOKIE, isHttps);
  const rest = `path=/; max-age=${A_YEAR}; samesite=lax${isHttps ? "; secure" : ""}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser, and this is one word.
  document.cookie = `${name}=${isOpen ? "open" : "folded"}; ${rest}`;
}
