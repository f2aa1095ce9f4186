/**
 * Bracket keys flattened to dots: `filter[id][]`, `filter[id][0]` and `filter[id]` are all `filter.id`.
 * docs/kommo-api.md §15
 */
export type Query = Map<string, string[]>;

/** `total` and `pageCount` are for the lists whose envelope has them. */
export type Page<T> = { items: T[]; page: number; hasMore: boolean; total?: number; pageCount?: number };

export function parseQuery(search: URLSearchParams): Query {
  const query: Query = new Map();
  for (const [key, value] of search) {
    const name = key
      .replace(/\[\d*\]$/, "")
      .replaceAll("]", "")
      .replaceAll("[", ".");
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
}

export function listWith(query: Query): string[] {
  return (query.get("with") ?? []).flatMap((value) => value.split(","));
}

/** True when the filter names the value, and when the filter was not sent. */
export function matches(query: Query, name: string, value: string | number): boolean {
  return query.get(`filter.${name}`)?.includes(String(value)) ?? true;
}

/** `filter[name][from]` and `[to]`, both ends included, unix seconds. docs/kommo-api.md §5.1 */
export function inRange(query: Query, name: string, seconds: number): boolean {
  const bound = (end: string, open: number) => Number(query.get(`filter.${name}.${end}`)?.[0] ?? open);
  return (
    seconds >= bound("from", Number.NEGATIVE_INFINITY) && seconds <= bound("to", Number.POSITIVE_INFINITY)
  );
}

/** `limit` is 50 unless asked, and never over `most`; a value that is no number counts as the default. docs/kommo-api.md §5.1 */
export function takePage<T>(items: T[], query: Query, most = MOST): Page<T> {
  const { limit, page } = toWindow(query, most);
  const start = (page - 1) * limit;

  return {
    items: items.slice(start, start + limit),
    total: items.length,
    page,
    hasMore: start + limit < items.length,
    pageCount: Math.ceil(items.length / limit),
  };
}

/** A page of a list whose total is not counted: it reads no further than it needs. */
export function takeUncountedPage<T>(
  all: Iterable<T>,
  query: Query,
): Pick<Page<T>, "items" | "page" | "hasMore"> {
  const { limit, page } = toWindow(query);
  const items: T[] = [];
  let position = 0;
  for (const item of all) {
    if (position++ >= (page - 1) * limit) items.push(item);
    if (items.length > limit) break;
  }

  return { items: items.slice(0, limit), page, hasMore: items.length > limit };
}

const MOST = 250;

function toWindow(query: Query, most = MOST) {
  return { limit: Math.min(toCount(query, "limit", 50), most), page: toCount(query, "page", 1) };
}

function toCount(query: Query, name: string, fallback: number): number {
  const count = Number(query.get(name)?.[0]);
  return Number.isInteger(count) && count > 0 ? count : fallback;
}
