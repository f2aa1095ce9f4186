import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findForm } from "@/lib/mapping/queries";
import type { FormFields } from "@/lib/mapping/schema";
import { checkCustom } from "./check-custom";
import { indexLead } from "./index-lead";
import { type CustomValues, type Lead, leadFields } from "./schema";
import { toPhone } from "./to-phone";
import { toTelegram } from "./to-telegram";

type Rules = { holdMs: number; defaultCountry: CountryCode };

/** Before anything was published. */
const FREE = { custom: [], sources: [], isFreeSource: true };

/**
 * Returns after the commit. A double click is one lead, because the form minted the id; the same id with other words
 * corrects the lead while it rests. Throws `already_left` when it does not rest any more, so that no correction is lost
 * in silence, and `invalid` with the inputs that the published mapping does not take as they are.
 */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  given?: Rules,
): Promise<void> {
  const form = await findForm(db);
  const wrong = checkCustom(lead.custom ?? {}, lead.source, form ?? FREE);
  if (Object.keys(wrong).length > 0) throw new AppError("invalid", { fields: wrong });
  const rules = given ?? (form ? toRules(form) : getEnv());
  const row = toRow(lead, rules.defaultCountry);
  const { id, ...fields } = row;
  const isWritten = await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
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
    if (numInsertedOrUpdatedRows === 0n) return false;
    await indexLead(id, rules.defaultCountry, tx);
    return true;
  });
  if (!isWritten && !(await isSaved(row, authorId, db))) throw new AppError("already_left");
}

async function isSaved(row: ReturnType<typeof toRow>, authorId: string, db: Db): Promise<boolean> {
  const saved = await db
    .selectFrom("leads")
    .select([...leadFields, "custom", "author_id"])
    .where("id", "=", row.id)
    .executeTakeFirst();
  const columns = [...leadFields, "custom"] as const;
  return saved?.author_id === authorId && columns.every((column) => saved[column] === row[column]);
}

function toRow(lead: Lead, country: CountryCode) {
  const { id, custom, ...fields } = lead;
  const typed = { ...fields, phone_raw: lead.phone };
  const normal = { ...typed, phone: toPhone(lead.phone, country), telegram: toTelegram(lead.telegram) };
  return { id, custom: toText(custom), ...nullForEmpty(normal) };
}

/** Null when nothing was typed. */
function toText(custom: CustomValues = {}): string | null {
  const typed = Object.entries(custom).filter(([, value]) => value.length > 0);
  return typed.length === 0 ? null : JSON.stringify(Object.fromEntries(typed));
}

function toRules({ holdSeconds, defaultCountry }: FormFields): Rules {
  return {
    holdMs: holdSeconds * 1000,
    defaultCountry: isSupportedCountry(defaultCountry) ? defaultCountry : "RU",
  };
}

function nullForEmpty<T extends Record<string, string>>(fields: T) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]),
  ) as { [K in keyof T]: string | null };
}
