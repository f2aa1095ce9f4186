/** Bracket keys flattened to dots: `filter[id][]`, `filter[id][0]` and `filter[id]` are all `filter.id`. kommo-api.md §15 */
export type Query = Map<string, string[]>;

export type Page<T> = { items: T[]; total: number; page: number; pageCount: number };

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

/** Keeps what an existing filter names; a filter nobody sent keeps everything. */
export function filterBy<T>(items: T[], query: Query, name: string, of: (item: T) => string | number): T[] {
  const wanted = query.get(`filter.${name}`);
  return wanted ? items.filter((item) => wanted.includes(String(of(item)))) : items;
}

/** `limit` is 50 unless asked, and never over 250; nonsense reads as the default. kommo-api.md §5.1 */
export function takePage<T>(items: T[], query: Query): Page<T> {
  const limit = Math.min(toCount(query, "limit", 50), 250);
  const page = toCount(query, "page", 1);
  const start = (page - 1) * limit;

  return {
    items: items.slice(start, start + limit),
    total: items.length,
    page,
    pageCount: Math.ceil(items.length / limit),
  };
}

function toCount(query: Query, name: string, fallback: number): number {
  const count = Number(query.get(name)?.[0]);
  return Number.isInteger(count) && count > 0 ? count : fallback;
}
