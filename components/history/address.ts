import type { History } from "@/lib/history/schema";

/** The list's address with some values changed. Goes back to the first page. */
export function toAddress(history: History, change: Partial<History>): string {
  const { after: _after, before: _before, ...kept } = history;
  const parts = Object.entries({ ...kept, ...change }).filter(([, value]) => value);
  const query = new URLSearchParams(parts as [string, string][]).toString();
  return query ? `/leads?${query}` : "/leads";
}
