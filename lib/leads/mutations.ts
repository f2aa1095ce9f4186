import "server-only";
import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/schema";
import { tellTime } from "@/lib/clock";
import { findAskedConsent, findConsentVersion } from "@/lib/consent/queries";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import type { Consent } from "@/lib/domain/lead/consent";
import { type FormLanguage, leadFields } from "@/lib/domain/lead/fields";
import { toCountry } from "@/lib/domain/lead/phone";
import { type Correction, type Lead, leadSchema, leadStateSchema, toCustom } from "@/lib/domain/lead/schema";
import { correctableStates, type Suspicion } from "@/lib/domain/lead/states";
import { toSavedCustom } from "@/lib/domain/mapping/form/check-custom";
import { checkLead } from "@/lib/domain/mapping/form/check-lead";
import { toCorrectionRules } from "@/lib/domain/mapping/form/to-correction-rules";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { UNATTACHED } from "@/lib/known-clients/mutations";
import { FORM_ROLE } from "@/lib/people/schema";
import { findForm } from "@/lib/published-mapping/queries";
import { giveBackTurns, UNDECIDED } from "@/lib/published-routing/mutations";
import { indexedColumns, indexLead, indexNewLeads } from "./index-lead";
import { toConsentColumns, toNewRow, toRow } from "./lead-row";
import { ofPerson } from "./of-person";
import { saveNewLead } from "./save-new-lead";
import { moveLeads, saveHeld, saveNew } from "./transitions";

type Rules = { holdMs: number; defaultCountry: CountryCode };

const CORRECTED: AuditAction[] = ["lead_edited", "lead_fixed"];

/** Before anything was published. */
const FREE = { required: [], custom: [], sources: [], isFreeSource: true };

/**
 * Returns after the commit. A double click is one lead, because the form minted the id; the same id with other words
 * corrects the lead while it is held. Throws `already_left` when it is not held any more, so that no correction is lost in
 * silence, and `invalid` with the inputs that the published mapping does not take as they are, or without the consent that
 * the admin wants to be asked for.
 */
export async function createLead(
  lead: Lead,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
  given?: Rules,
): Promise<void> {
  const { rules, custom } = requireTaken(lead, await findForm(db), given);
  const version = await requireConsent(lead, db);
  const consent = version === undefined ? undefined : { version, at: now };
  const typed = { ...toRow({ ...lead, custom }, rules.defaultCountry), ...toConsentColumns(consent) };
  const { entry_ms, through, language } = lead;
  const came = { entry_ms, through, language, due_at: now + rules.holdMs };
  const row = { ...toNewRow(typed, authorId, now), ...came };
  if (await saveNewLead({ row, country: rules.defaultCountry }, db)) return;
  const { id, ...fields } = typed;
  const isWritten = await db.transaction().execute(async (tx) => {
    const written = await saveHeld(row, fields, tx).returning(indexedColumns).executeTakeFirst();
    if (written) await indexLead(written, rules.defaultCountry, tx);
    return written !== undefined;
  });
  if (!isWritten && !(await isSaved(typed, authorId, db))) throw new AppError("already_left");
}

type Reception = {
  authorId: string;
  form: Pick<FormFields, "custom" | "defaultCountry">;
  /** Of the form, where its sender tells it. */
  language?: FormLanguage;
  /** Why somebody has to look at it first. */
  suspicion?: Suspicion;
  consent?: Consent;
};

/**
 * A lead that came through a website form, in the caller's transaction. It has no hold, as nobody could undo it. Answers
 * whether it is new: an id that is there already changes nothing.
 */
export async function receiveLead(
  lead: Lead,
  { authorId, form, language, suspicion, consent }: Reception,
  tx: Db,
  now: number,
): Promise<boolean> {
  const country = toCountry(form.defaultCountry);
  const words = toRow({ ...lead, custom: toSavedCustom(lead.custom ?? {}, form) }, country);
  const typed = { ...words, ...toConsentColumns(consent) };
  const came = { through: "website", language, problem: suspicion };
  const row = { ...toNewRow(typed, authorId, now), ...came };
  const isNew = (await saveNew([row], suspicion ? "to_check" : "held", tx)).has(row.id);
  if (isNew) await indexNewLeads([{ row, country }], tx);
  return isNew;
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
  const { rules, custom } = requireTaken(lead, form, given);
  const row = toRow({ ...lead, custom }, rules.defaultCountry);
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

async function wasCorrectedByAnother(id: string, personId: string, since: number, tx: Db): Promise<boolean> {
  const found = await tx
    .selectFrom("audit")
    .select("id")
    .where("lead_id", "=", id)
    .where("action", "in", CORRECTED)
    .where("person_id", "!=", personId)
    .where("at", ">", since)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Withdraws a lead that is held: it never leaves. Throws `already_left` when it is too late. */
export async function withdrawLead(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { state } = await getOwn(id, authorId, tx);
    if (state === "withdrawn") return;
    if (state !== "held") throw new AppError("already_left");

    await moveLeads("withdraw", {}, tx).where("id", "=", id).execute();
    await writeAudit({ person_id: authorId, action: "lead_withdrawn", lead_id: id }, tx, now);
  });
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

async function isSaved(row: ReturnType<typeof toRow>, authorId: string, db: Db): Promise<boolean> {
  const saved = await db
    .selectFrom("leads")
    .select([...leadFields, "custom", "contact_choice", "author_id"])
    .where("id", "=", row.id)
    .executeTakeFirst();
  const columns = [...leadFields, "custom", "contact_choice"] as const;
  return saved?.author_id === authorId && columns.every((column) => saved[column] === row[column]);
}

async function findRules(db: Db): Promise<Rules> {
  const form = await findForm(db);
  return form ? toRules(form) : getEnv();
}

/** The form as it is for a lead that may have been saved under earlier rules. */
async function findCorrectionForm(
  id: string,
  db: Db,
): Promise<{ form: FormFields | undefined; byForm: boolean }> {
  const form = await findForm(db);
  const saved = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(leadFields.map((field) => `leads.${field}` as const))
    .select(["leads.custom", "people.role"])
    .where("leads.id", "=", id)
    .executeTakeFirst();
  if (!saved) return { form, byForm: false };
  const byForm = saved.role === FORM_ROLE;
  const rules = form && toCorrectionRules(form, { values: saved, custom: toCustom(saved.custom), byForm });
  return { form: rules, byForm };
}

/** A text that was replaced while the lead was typed, or waited on a device, is what the person has agreed to. */
async function requireConsent({ consent_version: given }: Lead, db: Db): Promise<number | undefined> {
  const version = given === undefined ? undefined : (await findConsentVersion(given, db))?.version;
  if (version === undefined && (await findAskedConsent(db)))
    throw new AppError("invalid", { fields: { consent_version: "consent_missing" } });
  return version;
}

/** What a person enters has a name. */
function requireWhole(lead: Lead): void {
  const { error } = leadSchema.safeParse(lead);
  if (!error) return;
  const fields = Object.fromEntries(error.issues.map(({ path, message }) => [path.join("."), message]));
  throw new AppError("invalid", { fields });
}

/** Throws `invalid` where the published mapping does not take the lead as it is. */
function requireTaken(lead: Lead, form: FormFields | undefined, given: Rules | undefined) {
  const wrong = checkLead(lead, form ?? FREE);
  if (Object.keys(wrong).length > 0) throw new AppError("invalid", { fields: wrong });
  const rules: Rules = given ?? (form ? toRules(form) : getEnv());
  return { rules, custom: toSavedCustom(lead.custom ?? {}, form ?? FREE) };
}

function toRules({ holdSeconds, defaultCountry }: FormFields): Rules {
  return {
    holdMs: holdSeconds * 1000,
    defaultCountry: isSupportedCountry(defaultCountry) ? defaultCountry : "RU",
  };
}
