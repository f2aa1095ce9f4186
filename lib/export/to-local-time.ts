import { tzOffset } from "@date-fns/tz";

const MINUTE_MS = 60_000;

/** "2026-11-21T14:30:05+03:00" in that zone. */
export function toLocalTime(at: Date, zone: string): string {
  const offset = tzOffset(zone, at);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((number) =>
    String(number).padStart(2, "0"),
  );
  return `${toShifted(at, zone).toISOString().slice(0, 19)}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

/** Days since the turn of 1899 on the clock of that zone, as every spreadsheet counts dates after February 1900. */
export function toSheetDate(at: Date, zone: string): number {
  const seconds = Math.floor(toShifted(at, zone).getTime() / 1000);
  return seconds / 86_400 + 25_569;
}

function toShifted(at: Date, zone: string): Date {
  return new Date(at.getTime() + tzOffset(zone, at) * MINUTE_MS);
}
