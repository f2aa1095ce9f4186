import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toPhone } from "@/lib/domain/lead/phone";
import { type CustomValues, type Lead, leadStateSchema } from "@/lib/domain/lead/schema";
import { correctableStates } from "@/lib/domain/lead/states";
import { readTelegram, toTelegram } from "@/lib/domain/lead/telegram";
import { checkCustom } from "@/lib/domain/mapping/check-custom";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findForm } from "@/lib/published-mapping/queries";
import { indexedColumns, indexLead } from "./index-lead";
import { moveLeads, saveHeld } from "./transitions";

type Rules = { holdMs: number; defaultCountry: CountryCode };

/** Before anything was published. */
const FREE = { custom: [], sources: [], isFreeSource: true };

/**
 * Returns after the commit. A double click is one lead, because the form minted the id; the same id with other words
 * corrects the lead while it is held. Throws `already_left` when it is not held any more, so that no correction is lost in
 * silence, and `invalid` with the inputs that the published mapping does not take as they are.
 */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  given?: Rules,
): Promise<void> {
  const rules = await requireTaken(lead, db, given);
  const row = toRow(lead, rules.defaultCountry);
  const { id, ...fields } = row;
  const isWritten = await db.transaction().execute(async (tx) => {
    const written = await saveHeld(
      {
        ...row,
        entry_ms: lead.entry_ms,
        author_id: authorId,
        due_at: now + rules.holdMs,
        tries: 0,
        created_at: now,
      },
      fields,
      tx,
    )
      .returning(indexedColumns)
      .executeTakeFirst();
    if (written) await indexLead(written, rules.defaultCountry, tx);
    return written !== undefined;
  });
  if (!isWritten && !(await isSaved(row, authorId, db))) throw new AppError("already_left");
}

/**
 * The same lead with other words, which is then held anew: while it is held, once it was withdrawn, and instead of what
 * Kommo rejected. Throws `already_left` when it is on its way or there.
 */
export async function correctLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  given?: Rules,
): Promise<void> {
  const rules = await requireTaken(lead, db, given);
  const row = toRow(lead, rules.defaultCountry);
  const { id, ...fields } = row;
  await db.transaction().execute(async (tx) => {
    const before = await getOwn(id, authorId, tx);
    const isSame = await isSaved(row, authorId, tx);
    if (!correctableStates.includes(before.state)) {
      if (isSame) return;
      throw new AppError("already_left");
    }

    const anew = { due_at: now + rules.holdMs, tries: 0, problem: null, problem_detail: null };
    const written = await moveLeads("correct", { ...fields, ...anew }, tx)
      .where("id", "=", id)
      .returning(indexedColumns)
      .executeTakeFirstOrThrow();
    await indexLead(written, rules.defaultCountry, tx);
    if (isSame && before.state === "held") return;
    const action = before.state === "needs_fix" ? "lead_fixed" : "lead_edited";
    await writeAudit({ person_id: authorId, action, lead_id: id }, tx, now);
  });
}

/** Withdraws a lead that is held: it never leaves. Throws `already_left` when it is too late. */
export async function withdrawLead(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state } = await getOwn(id, authorId, tx);
    if (state === "withdrawn") return;
    if (state !== "held") throw new AppError("already_left");

    await moveLeads("withdraw", {}, tx).where("id", "=", id).execute();
    await writeAudit({ person_id: authorId, action: "lead_withdrawn", lead_id: id }, tx, now);
  });
}

/** Ends the hold. A lead that is on its way already is what the person wants. */
export async function sendNow(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state } = await getOwn(id, authorId, tx);
    if (state === "withdrawn") throw new AppError("already_left");
    if (state !== "held") return;

    await tx.updateTable("leads").set({ due_at: now }).where("id", "=", id).execute();
    await writeAudit({ person_id: authorId, action: "lead_sent_now", lead_id: id }, tx, now);
  });
}

// Long enough to correct a lead, short enough that one forgotten in a form still leaves soon.
const EDIT_MS = 10 * 60 * 1000;

/** Stops the clock of a lead that is held while its author corrects it. Throws `already_left` when it is too late. */
export function pauseHold(id: string, authorId: string, db: Db = getDb(), now = Date.now()): Promise<void> {
  return holdUntil(now + EDIT_MS, id, authorId, db);
}

/** The correction was given up: the lead is held anew. */
export async function resumeHold(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = Date.now(),
  given?: Rules,
): Promise<void> {
  const { holdMs } = given ?? (await findRules(db));
  return holdUntil(now + holdMs, id, authorId, db);
}

async function holdUntil(dueAt: number, id: string, authorId: string, db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state } = await getOwn(id, authorId, tx);
    if (!correctableStates.includes(state)) throw new AppError("already_left");
    await tx
      .updateTable("leads")
      .set({ due_at: dueAt })
      .where("id", "=", id)
      .where("state", "=", "held")
      .execute();
  });
}

/** Locked to the end of the transaction, so that it cannot leave meanwhile. */
async function getOwn(id: string, authorId: string, tx: Db) {
  const query = tx.selectFrom("leads").select("state").where("id", "=", id).where("author_id", "=", authorId);
  const lead = await lockRows(tx, query).executeTakeFirst();
  if (!lead) throw new AppError("not_found");
  return { state: leadStateSchema.parse(lead.state) };
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
  const { id, custom, anyway = "", phone_raw = lead.phone, entry_ms: _entryMs, ...fields } = lead;
  const contacts = toContacts(lead, country);
  return { id, custom: toText(custom), ...nullForEmpty({ ...fields, ...contacts, phone_raw, anyway }) };
}

/** A Telegram link that holds a phone is that phone, unless there is another. */
function toContacts({ phone, telegram }: Lead, country: CountryCode) {
  const read = readTelegram(telegram);
  if (read.kind === "phone" && phone === "") return { phone: toPhone(read.phone, country), telegram: "" };
  return { phone: toPhone(phone, country), telegram: toTelegram(telegram) };
}

/** Null when nothing was typed. */
function toText(custom: CustomValues = {}): string | null {
  const typed = Object.entries(custom).filter(([, value]) => value.length > 0);
  return typed.length === 0 ? null : JSON.stringify(Object.fromEntries(typed));
}

async function findRules(db: Db): Promise<Rules> {
  const form = await findForm(db);
  return form ? toRules(form) : getEnv();
}

/** Throws `invalid` where the published mapping does not take the lead as it is. */
async function requireTaken(lead: Lead, db: Db, given: Rules | undefined): Promise<Rules> {
  const form = await findForm(db);
  const wrong = checkCustom(lead.custom ?? {}, lead.source, form ?? FREE);
  if (Object.keys(wrong).length > 0) throw new AppError("invalid", { fields: wrong });
  return given ?? (form ? toRules(form) : getEnv());
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
