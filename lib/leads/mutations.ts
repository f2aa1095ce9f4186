import "server-only";
import type { CountryCode } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Lead, leadFields } from "./schema";
import { toPhone } from "./to-phone";
import { toTelegram } from "./to-telegram";

type Rules = { holdMs: number; defaultCountry: CountryCode };

/**
 * Returns after the commit. A double click is one lead, because the form minted the id; the same id with other words
 * corrects the lead while it rests. Throws `already_left` when it does not rest any more, so that no correction is lost
 * in silence.
 */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  rules: Rules = getEnv(),
): Promise<void> {
  const row = toRow(lead, rules.defaultCountry);
  const { id, ...fields } = row;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("leads")
    .values({
      ...row,
      author_id: authorId,
      state: "held",
      due_at: now + rules.holdMs,
      tries: 0,
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet(fields)
        .where("leads.author_id", "=", authorId)
        .where("leads.state", "=", "held"),
    )
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n && !(await isSaved(row, authorId, db)))
    throw new AppError("already_left");
}

async function isSaved(row: ReturnType<typeof toRow>, authorId: string, db: Db): Promise<boolean> {
  const saved = await db
    .selectFrom("leads")
    .select([...leadFields, "author_id"])
    .where("id", "=", row.id)
    .executeTakeFirst();
  return saved?.author_id === authorId && leadFields.every((field) => saved[field] === row[field]);
}

function toRow(lead: Lead, country: CountryCode) {
  const { id, ...fields } = lead;
  const typed = { ...fields, phone_raw: lead.phone };
  const normal = { ...typed, phone: toPhone(lead.phone, country), telegram: toTelegram(lead.telegram) };
  return { id, ...nullForEmpty(normal) };
}

function nullForEmpty<T extends Record<string, string>>(fields: T) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]),
  ) as { [K in keyof T]: string | null };
}
