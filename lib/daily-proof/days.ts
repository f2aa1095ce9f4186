import { toDayStart } from "@/lib/audit/to-day-start";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day of that moment (epoch ms) in that zone, as 2026-11-30. */
export function toDayOf(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    ...({ year: "numeric", month: "2-digit", day: "2-digit" } as const),
  }).formatToParts(at);
  const of = (name: string) => parts.find(({ type }) => type === name)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

export function toDayLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** From its first moment up to the one after its last (epoch ms). */
export function toDayBounds(day: string, zone: string): { start: number; end: number } {
  return { start: toDayStart(day, zone), end: toDayStart(day, zone, 1) };
}
