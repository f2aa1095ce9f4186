import { MORE_COOKIE } from "@/lib/preferences/constants";

const A_YEAR = 365 * 24 * 60 * 60;

/** A cookie, so that the page comes from the server as it was left. */
export function rememberMore(isOpen: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not in every browser, and this is one word.
  document.cookie = `${MORE_COOKIE}=${isOpen ? "open" : "folded"}; path=/; max-age=${A_YEAR}; samesite=lax`;
}
