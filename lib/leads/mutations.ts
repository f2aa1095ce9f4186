import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/schema";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { type Correction, type Lead, leadStateSchema } from "@/lib/domain/lead/schema";
import { correctableStates } from "@/lib/domain/lead/states";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { AppError, keepForeseen } from "@/lib/errors";
import { UNATTACHED } from "@/lib/known-clients/mutations";
import { findForm } from "@/lib/published-mapping/queries";
import { giveBackTurns, UNDECIDED } from "@/lib/published-routing/mutations";
import { findGone, noteUndone } from "./gone-leads";
import { indexedColumns, indexLead } from "./index-lead";
import { toConsentColumns, toNewRow, toPressedHash, type toRow } from "./lead-row";
import { ofPerson } from "./of-person";
import {
  findCorrectionForm,
  findRules,
  type Rules,
  requireConsent,
  requireTaken,
  requireWhole,
  toTypedRow,
} from "./requirements";
import { saveNewLead } from "./save-new-lead";
import { moveLeads, saveHeld } from "./transitions";

const CORRECTED: AuditAction[] = ["lead_edited", "lead_fixed"];

/**
 * Returns after the commit. A double click is one lead, because the form minted the id; the same id with other words
 * corrects the lead while it is held. What was saved is answered as saved, whatever the admin asks for by now, and whatever
 * words a correction has put in its place. The id of a lead that was deleted here saves nothing: a device or a tab repeats what
 * it got no answer for. Other words throw `already_left` when the lead is not held any more, and `changed_meanwhile` once it
 * was corrected, or its author has undone it before it came, so that nothing is lost in silence; `invalid` comes with the inputs
 * that the published mapping does not take as they are, or without the consent that the admin wants to be asked for.
 */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
  given?: Rules,
): Promise<void> {
  const form = await findForm(db);
  const { rules, words } = toTypedRow(lead, form, given);
  const pressed = { ...words, pressed_hash: toPressedHash(lead) };
  const version = await requireAll(lead, form, db).catch(keepForeseen);
  if (version instanceof AppError) {
    if ((await isDoneWith(lead.id, db)) || (await isPressSaved(pressed, authorId, db))) return;
    throw version;
  }
  const consent = version === undefined ? undefined : { version, at: now };
  const typed = { ...pressed, ...toConsentColumns(consent) };
  const { entry_ms, through, language } = lead;
  const came = { entry_ms, through, language, due_at: now + rules.holdMs };
  const row = { ...toNewRow(typed, authorId, now), ...came };
  if (await saveNewLead({ row, country: rules.defaultCountry }, db)) return;
  const { id, ...fields } = typed;
  await db.transaction().execute(async (tx) => {
    const before = await findPressed(id, authorId, tx);
    if (before?.pressed_hash === pressed.pressed_hash) return;
    const isSame = await isSaved(words, authorId, tx);
    if (before?.state === "held" && (await wasCorrected(id, tx))) {
      if (isSame) return;
      throw new AppError("changed_meanwhile");
    }
    const written = await saveHeld(row, fields, tx).returning(indexedColumns).executeTakeFirst();
    if (written) await indexLead(written, rules.defaultCountry, tx);
    else if (!isSame && !(await isDoneWith(id, tx))) throw new AppError("already_left");
  });
}

/** Locked to the end of the transaction. */
function findPressed(id: string, authorId: string, tx: Db) {
  const query = tx
    .selectFrom("leads")
    .select(["state", "pressed_hash"])
    .where("id", "=", id)
    .where("author_id", "=", authorId);
  return lockRows(tx, query).executeTakeFirst();
}

/** The version of the consent that was given. */
async function requireAll(lead: Lead, form: FormFields | undefined, db: Db): Promise<number | undefined> {
  requireTaken(lead, form);
  return requireConsent(lead, db);
}

/** Nothing is saved under the id of a deleted lead. Throws `changed_meanwhile` for one that was undone before it came. */
async function isDoneWith(id: string, db: Db): Promise<boolean> {
  const gone = await findGone(id, db);
  if (gone === "undone") throw new AppError("changed_meanwhile");
  return gone === "deleted";
}

/**
 * The same lead with other words, which is then held anew: while it is held, once it was withdrawn, and instead of what
 * Kommo rejected. Who gets it is decided anew then. Throws `already_left` when it is on its way or there, and
 * `changed_meanwhile` when it was withdrawn, or corrected by somebody else, after it was opened.
 */
export async function correctLead(
  { opened, ...lead }: Correction,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
  given?: Rules,
): Promise<void> {
  const { form, byForm } = await findCorrectionForm(lead.id, db);
  if (!byForm) requireWhole(lead);
  const { rules, words: row } = toTypedRow(lead, form, given);
  const { id, ...fields } = row;
  await db.transaction().execute(async (tx) => {
    const before = await getOwn(id, authorId, tx);
    const isSame = await isSaved(row, before.author_id, tx);
    const isWithdrawn = before.state === "withdrawn" && opened !== undefined && opened.state !== "withdrawn";
    if (isWithdrawn) throw new AppError("changed_meanwhile");
    if (!correctableStates.includes(before.state)) {
      if (isSame) return;
      throw new AppError("already_left");
    }
    // What is saved and held has been taken, whatever the admin asks for by now.
    if (!isSame || before.state !== "held") requireTaken(lead, form);
    if (opened && !isSame && (await wasCorrectedByAnother(id, authorId, opened.at, tx)))
      throw new AppError("changed_meanwhile");

    const anew = { due_at: now + rules.holdMs, tries: 0, problem: null, problem_detail: null };
    await giveBackTurns([before], tx);
    const undecided = { ...UNDECIDED, ...UNATTACHED };
    const written = await moveLeads("correct", { ...fields, ...anew, ...undecided }, tx)
      .where("id", "=", id)
      .returning(indexedColumns)
      .executeTakeFirstOrThrow();
    await indexLead(written, rules.defaultCountry, tx);
    if (isSame && before.state === "held") return;
    const action = before.state === "needs_fix" ? "lead_fixed" : "lead_edited";
    await writeAudit({ person_id: authorId, action, lead_id: id }, tx, now);
  });
}

async function wasCorrected(id: string, tx: Db): Promise<boolean> {
  return (await selectCorrection(id, tx).executeTakeFirst()) !== undefined;
}

async function wasCorrectedByAnother(id: string, personId: string, since: number, tx: Db): Promise<boolean> {
  const found = await selectCorrection(id, tx)
    .where("person_id", "!=", personId)
    .where("at", ">", since)
    .executeTakeFirst();
  return found !== undefined;
}

function selectCorrection(id: string, tx: Db) {
  return tx
    .selectFrom("audit")
    .select("id")
    .where("lead_id", "=", id)
    .where("action", "in", CORRECTED)
    .limit(1);
}

/**
 * Withdraws a lead that is held: it never leaves. Throws `already_left` when it is too late, or the lead was deleted since.
 * Throws `not_found` where there is none: then its request, which may still be on the way, saves none either.
 */
export async function withdrawLead(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  const gone = await db.transaction().execute(async (tx) => {
    const gone = await noteUndone(id, tx, now);
    if (gone) return gone;
    const { state } = await getOwn(id, authorId, tx);
    if (state === "withdrawn") return undefined;
    if (state !== "held") throw new AppError("already_left");

    await moveLeads("withdraw", {}, tx).where("id", "=", id).execute();
    await writeAudit({ person_id: authorId, action: "lead_withdrawn", lead_id: id }, tx, now);
    return undefined;
  });
  // After the commit, which keeps it.
  if (gone) throw new AppError(gone === "deleted" ? "already_left" : "not_found");
}

/** A head sends a suspicious lead on, or puts it away. Throws `changed_meanwhile` when a colleague was faster. */
export async function decideChecked(
  { id, isGood }: { id: string; isGood: boolean },
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const columns = isGood ? { due_at: now, problem: null } : {};
    const { numUpdatedRows } = await moveLeads(isGood ? "release" : "discard", columns, tx)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError("changed_meanwhile");
    const action = isGood ? "lead_released" : "lead_discarded";
    await writeAudit({ person_id: personId, action, lead_id: id }, tx, now);
  });
}

/** A head puts suspicious leads away; those that a colleague has decided already stay as they are. Answers how many. */
export async function discardLeads(
  ids: string[],
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<number> {
  if (ids.length === 0) return 0;
  return db.transaction().execute(async (tx) => {
    const discarded = await moveLeads("discard", {}, tx).where("id", "in", ids).returning("id").execute();
    for (const { id } of discarded)
      await writeAudit({ person_id: personId, action: "lead_discarded", lead_id: id }, tx, now);
    return discarded.length;
  });
}

/** Ends the hold. A lead that is on its way already is what the person wants. */
export async function sendNow(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
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
export function pauseHold(id: string, authorId: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  return holdUntil(now + EDIT_MS, id, authorId, db);
}

/** The correction was given up: the lead is held anew. */
export async function resumeHold(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
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
  const query = tx
    .selectFrom("leads")
    .select(["state", "author_id", "route", "route_refused_at"])
    .where("id", "=", id)
    .where(ofPerson(authorId));
  const lead = await lockRows(tx, query).executeTakeFirst();
  if (!lead) throw new AppError("not_found");
  return { ...lead, state: leadStateSchema.parse(lead.state) };
}

type Words = ReturnType<typeof toRow>;

/** The words that the form sent, or that stand there by now. */
async function isPressSaved(
  { pressed_hash, ...words }: Words & { pressed_hash: string },
  authorId: string,
  db: Db,
): Promise<boolean> {
  const pressed = await db
    .selectFrom("leads")
    .select("id")
    .where("id", "=", words.id)
    .where("author_id", "=", authorId)
    .where("pressed_hash", "=", pressed_hash)
    .executeTakeFirst();
  return pressed !== undefined || isSaved(words, authorId, db);
}

async function isSaved(row: Words, authorId: string, db: Db): Promise<boolean> {
  const saved = await db
    .selectFrom("leads")
    .select([...leadFields, "custom", "contact_choice", "author_id"])
    .where("id", "=", row.id)
    .executeTakeFirst();
  const columns = [...leadFields, "custom", "contact_choice"] as const;
  return saved?.author_id === authorId && columns.every((column) => saved[column] === row[column]);
}
