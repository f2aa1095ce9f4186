import * as z from "zod/mini";
import { limitedText } from "@/lib/domain/text";
import { ranges, type Step } from "./constants";
import type { OutcomeCounts } from "./outcome-marks";

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const optional = <S extends z.ZodMiniType>(schema: S) =>
  z.pipe(z.transform(first), z.catch(z.optional(schema), undefined));

/** The query of the page. A malformed value counts as absent, but an unknown time zone counts as UTC. */
export const overviewSchema = z.object({
  range: optional(z.enum(ranges)),
  from: optional(z.iso.date()),
  to: optional(z.iso.date()),
  zone: optional(
    z.pipe(
      limitedText(64).check(z.minLength(1)),
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

/** One value for each slice of the time axis. `name` is null for leads without one. */
export type Series = {
  kind: "named" | "others" | "none";
  name: string | null;
  /** The name is that of a website form. */
  byForm?: boolean;
  values: number[];
};

/** `kind` as of a series; `id` tells people of one name apart. */
export type OutcomeRow = Omit<Series, "values"> & { id: string; counts: OutcomeCounts };

/** The figures of a period. The starts in `places` are local times, written as if they were UTC. */
export type Overview = {
  from: string;
  to: string;
  step: Step;
  slices: number[];
  leads: number;
  bySource: Series[];
  byPerson: Series[];
  people: { name: string; byForm: boolean; leads: number }[];
  /** Who got the leads in Kommo; empty where there were no rules. */
  byRecipient: Series[];
  recipients: { name: string; leads: number }[];
  /** What became of them in Kommo, in all, by source and by who entered them; no people for a seller. */
  outcomes: { all: OutcomeCounts; sources: OutcomeRow[]; people: OutcomeRow[] };
  /** Of the leads whose hold has ended: how many there are, and how many arrived in Kommo promptly. */
  arrivals: { leads: number; prompt: number; bySlice: { leads: number; prompt: number }[] };
  entry: { leads: number; medianMs: number | null; bySlice: (number | null)[] };
  failures: {
    leads: number;
    reasons: { outcome: string; leads: number }[];
    /** Some attempts before this time (epoch ms) have been deleted; null when that is before the period. */
    completeFrom: number | null;
  };
};
