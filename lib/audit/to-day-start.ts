const DAY_MS = 24 * 60 * 60 * 1000;

/** The start of that day in that zone, in epoch ms; `later` adds whole days. An unknown zone counts as UTC. */
export function toDayStart(date: string, zone: string | undefined, later = 0): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + later * DAY_MS;
  // The guess has the day's own offset unless the clocks change in between. The second step corrects that.
  const guess = asUtc - toOffset(asUtc, zone);
  return asUtc - toOffset(guess, zone);
}

function toOffset(at: number, zone: string | undefined): number {
  const name = toFormat(zone)
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name ?? "") ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === "-" ? -offset : offset;
}

function toFormat(timeZone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timeZone ?? "UTC", timeZoneName: "longOffset" });
  } catch {
    return new Intl.DateTimeFormat("en", { timeZone: "UTC", timeZoneName: "longOffset" });
  }
}
