import * as z from "zod/mini";
import { leadFields } from "@/lib/domain/lead/fields";

export const formats = ["csv", "xlsx"] as const;
export type Format = (typeof formats)[number];

/** The page makes the ticket. */
export const exportSchema = z.object({
  format: z.enum(formats),
  ticket: z.string().check(z.regex(/^[\w-]{7,64}$/)),
  zone: z.catch(z.string().check(z.maxLength(64), z.refine(isZone)), "UTC"),
});
export type Export = z.infer<typeof exportSchema>;

export const columns = ["created", ...leadFields, "author", "state", "kommoId", "confirmed"] as const;
export type Column = (typeof columns)[number];

export type Cell = string | number | null;

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
