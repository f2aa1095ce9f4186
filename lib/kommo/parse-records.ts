import type { z } from "zod";

/** A record that was left out. `id` as Kommo shows it; null where it shows none. */
export type SkippedRecord = { id: string | null };

/**
 * Parses the records of a list one by one, so that an odd one costs only itself. A missing list is empty; what is no list
 * counts as one record without an id. Never throws.
 */
export function parseRecords<S extends z.ZodType>(
  schema: S,
  list: unknown,
): { records: z.output<S>[]; skipped: SkippedRecord[] } {
  const records: z.output<S>[] = [];
  const skipped: SkippedRecord[] = [];
  for (const record of toList(list)) {
    const parsed = schema.safeParse(record);
    if (parsed.success) records.push(parsed.data);
    else skipped.push({ id: toShownId(record) });
  }
  return { records, skipped };
}

function toList(list: unknown): unknown[] {
  if (list === null || list === undefined) return [];
  return Array.isArray(list) ? list : [list];
}

function toShownId(record: unknown): string | null {
  if (typeof record !== "object" || record === null) return null;
  const shown = "id" in record ? record.id : "uid" in record ? record.uid : null;
  return typeof shown === "number" || typeof shown === "string" ? String(shown).slice(0, 80) : null;
}
