const KEPT = "lead-desk-visit";
const UTM = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"];
const LONGEST_PAGE = 2000;

type Page = { href: string; referrer: string };
type Store = Pick<Storage, "getItem" | "setItem">;

/**
 * Where the visitor came from: the UTM values of the page, else those of an earlier page of this session, and the other site
 * that led here first. `page` is where the form stands.
 */
export function readVisit({ href, referrer }: Page, store: Store | undefined): Record<string, string> {
  const { origin, searchParams } = new URL(href);
  const utm: Record<string, string> = {};
  for (const name of UTM) {
    const value = searchParams.get(name);
    if (value) utm[name] = value;
  }
  const before = readKept(store);
  const isFromElsewhere = referrer !== "" && !referrer.startsWith(`${origin}/`);
  const visit = Object.keys(utm).length > 0 || !before ? utm : before;
  const from = isFromElsewhere && !before?.referrer ? referrer : before?.referrer;
  const kept = from ? { ...visit, referrer: from } : visit;
  try {
    store?.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the visit of this page is known all the same.
  }
  return { ...kept, page: href.slice(0, LONGEST_PAGE) };
}

function readKept(store: Store | undefined): Record<string, string> | undefined {
  try {
    return JSON.parse(store?.getItem(KEPT) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where the browser forbids it. */
export function findStore(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
