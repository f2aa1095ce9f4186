import * as z from "zod/mini";
import { leadFields } from "@/lib/domain/lead/fields";

/** `csv` is for programs, `csv_excel` for Excel with Russian settings. */
export const formats = ["xlsx", "csv_excel", "csv"] as const;
export type Format = (typeof formats)[number];

const idsSchema = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(4000)),
    z.transform((text) => text.split(",")),
  ),
  z.array(z.uuid()),
);

/** The page makes the ticket. */
export const exportSchema = z.object({
  format: z.enum(formats),
  ticket: z.string().check(z.regex(/^[\w-]{7,64}$/)),
  zone: z.catch(z.string().check(z.maxLength(64), z.refine(isZone)), "UTC"),
  /** The chosen rows of a page, instead of all that the filter finds. */
  ids: z.optional(idsSchema),
});
export type Export = z.infer<typeof exportSchema>;

export const columns = [
  "created",
  ...leadFields,
  "author",
  "state",
  "kommoId",
  "confirmed",
  "outcome",
  "accepted",
  "acceptedBy",
  "stage",
  "closed",
  "lossReason",
  "consented",
  "consentVersion",
] as const;
export type Column = (typeof columns)[number];

/** A date is a moment; the writers show it in the person's time zone. */
export type Cell = string | number | Date | null;

export const progressSchema = z.object({
  rows: z.number(),
  state: z.enum(["running", "done", "stopped", "failed"]),
});
export type ExportProgress = z.infer<typeof progressSchema>;

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
