import * as z from "zod/mini";
import { ranges, type Step } from "./constants";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const optional = <S extends z.ZodMiniType>(schema: S) =>
  z.pipe(z.transform(first), z.catch(z.optional(schema), undefined));

/** The page's address: what cannot be understood is as good as absent, but a zone that nobody knows is UTC. */
export const overviewSchema = z.object({
  range: optional(z.enum(ranges)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  zone: optional(
    z.pipe(
      z.string().check(z.minLength(1)),
      z.transform((zone) => (isZone(zone) ? zone : "UTC")),
    ),
  ),
});
export type OverviewAddress = z.infer<typeof overviewSchema>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Values of one name, one for each place on the axis; `name` is null where the leads have none. */
export type Series = { kind: "named" | "others" | "none"; name: string | null; values: number[] };

/** What is shown of a period. The places of the axis are local times, as if they were UTC. */
export type Overview = {
  from: string;
  to: string;
  step: Step;
  places: number[];
  leads: number;
  bySource: Series[];
  byPerson: Series[];
  people: { name: string; leads: number }[];
  /** Of the leads whose rest has ended: how many there are, and how many were in Kommo promptly. */
  arrivals: { leads: number; prompt: number; byPlace: { leads: number; prompt: number }[] };
  entry: { leads: number; medianMs: number | null; byPlace: (number | null)[] };
  failures: {
    leads: number;
    reasons: { outcome: string; leads: number }[];
    /** Before this time (epoch ms) some are forgotten; null where that is before the period. */
    completeFrom: number | null;
  };
};
