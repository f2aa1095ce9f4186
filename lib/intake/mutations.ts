import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/schema";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, isPostgres, lockRows } from "@/lib/db/client";
import { inGroups } from "@/lib/db/in-groups";
import { maskEntries } from "@/lib/domain/intake/mask";
import type { Entry } from "@/lib/domain/intake/to-entries";
import type { Consent } from "@/lib/domain/lead/consent";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import type { Suspicion } from "@/lib/domain/lead/states";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { AppError } from "@/lib/errors";
import { receiveLead } from "@/lib/leads/receive-lead";
import { FORM_ROLE } from "@/lib/people/schema";
import { REQUESTS_KEPT_DAYS } from "./constants";
import type { Proof } from "./proof";
import type { ChangedForm, ChangedTargets, NewForm, NewSecret, RequestResult } from "./schema";
import { drawPublicKey, drawSecret } from "./secrets";
import type { Identity } from "./to-sender";

/** Null for the command line. */
type By = string | null;

const DAY_MS = 24 * 60 * 60 * 1000;
const ANSWERED_ALIKE_MS = DAY_MS;
// A second press of the same button; who asks again later means it.
const SAME_PRESS_MS = 60_000;
// More than the page shows, so that a row of errors is counted.
const REQUESTS_KEPT = 200;

/** The form is an author like a person, whom nothing can sign in. */
export async function createForm(
  { name, ...settings }: NewForm,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<{ id: string; key: string }> {
  const id = randomUUID();
  const key = drawPublicKey();
  await db.transaction().execute(async (tx) => {
    const person = { id, email: id, name, role: FORM_ROLE, password_hash: "", created_at: now };
    await tx.insertInto("people").values(person).execute();
    await tx
      .insertInto("intake_forms")
      .values({ id, key, fields: "{}", paused_at: null, ...toColumns(settings, now) })
      .execute();
    await writeAudit({ person_id: by, action: "form_added", subject_id: id }, tx, now);
  });
  return { id, key };
}

export async function changeForm(
  { id, name, ...settings }: ChangedForm,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await act(id, by, "form_changed", db, now, async (tx) => {
    await tx.updateTable("people").set({ name }).where("id", "=", id).execute();
    await tx.updateTable("intake_forms").set(toColumns(settings, now)).where("id", "=", id).execute();
  });
}

type Settings = Omit<NewForm, "name">;

function toColumns({ origins, thanks, asksToken, asksProof, asksConsent, shown }: Settings, now: number) {
  return {
    origins: JSON.stringify(origins),
    thanks_url: thanks || null,
    token_asked_at: asksToken ? now : null,
    proof_asked_at: asksProof ? now : null,
    consent_asked_at: asksConsent ? now : null,
    shown_fields: shown && JSON.stringify(shown),
  };
}

/** The form's own mapping, and nothing else of it. */
export async function changeTargets(
  { id, targets }: ChangedTargets,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await act(id, by, "form_changed", db, now, async (tx) => {
    const fields = JSON.stringify(targets);
    await tx.updateTable("intake_forms").set({ fields }).where("id", "=", id).execute();
  });
}

/** What comes while it is paused is refused, and says so to whoever sends it. */
export async function pauseForm(id: string, by: By, db: Db = getDb(), now = tellTime()): Promise<void> {
  await act(id, by, "form_paused", db, now, async (tx) => {
    await tx.updateTable("intake_forms").set({ paused_at: now }).where("id", "=", id).execute();
  });
}

export async function resumeForm(id: string, by: By, db: Db = getDb(), now = tellTime()): Promise<void> {
  await act(id, by, "form_resumed", db, now, async (tx) => {
    await tx.updateTable("intake_forms").set({ paused_at: null }).where("id", "=", id).execute();
  });
}

/** The old address stops at once. */
export async function rotateKey(
  id: string,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<{ key: string }> {
  return act(id, by, "form_key_rotated", db, now, async (tx) => {
    const key = drawPublicKey();
    await tx.updateTable("intake_forms").set({ key }).where("id", "=", id).execute();
    return { key };
  });
}

/** The secret is told this once. */
export async function addSecret(
  { id, days }: NewSecret,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<{ secret: string }> {
  return act(id, by, "form_secret_added", db, now, async (tx) => {
    const { secret, hash, lastFour } = drawSecret();
    const expires_at = days === null ? null : now + days * DAY_MS;
    const row = { id: randomUUID(), form_id: id, hash, last_four: lastFour, created_at: now, expires_at };
    await tx.insertInto("intake_secrets").values(row).execute();
    return { secret };
  });
}

export async function removeSecret(
  secretId: string,
  by: By,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const removed = await tx
      .deleteFrom("intake_secrets")
      .where("id", "=", secretId)
      .returning("form_id")
      .executeTakeFirst();
    if (!removed) throw new AppError("not_found");
    const entry = { person_id: by, action: "form_secret_removed" as const, subject_id: removed.form_id };
    await writeAudit(entry, tx, now);
  });
}

export type Received =
  | { result: "accepted" | "to_check" | "repeated"; leadId: string }
  | { result: "other_body" | "spent" };

export type Receipt = {
  formId: string;
  lead: Lead;
  form: Pick<FormFields, "custom" | "defaultCountry">;
  identity: Identity;
  suspicion: Suspicion | undefined;
  entries: readonly Entry[];
  language?: FormLanguage;
  consent: Consent | undefined;
  proof: Proof | undefined;
};

type DatedReceipt = Receipt & { now: number };

/**
 * One transaction: the lead, under what it is recognised when it comes again, and a line for the admin. Answers after the
 * commit. Two that come at once are one.
 */
export async function saveReceipt(receipt: Receipt, db: Db = getDb(), now = tellTime()): Promise<Received> {
  const dated = { ...receipt, now };
  // PostgreSQL writes several transactions at the same time; SQLite's one writer commits several receipts at once.
  if (!isPostgres(db)) return saveInGroup(dated, db);
  return db.transaction().execute((tx) => writeReceipt(dated, tx));
}

const saveInGroup = inGroups<DatedReceipt, Received>((receipts, db) =>
  db.transaction().execute(async (tx) => {
    const received: Received[] = [];
    for (const receipt of receipts) received.push(await writeReceipt(receipt, tx));
    return received;
  }),
);

async function writeReceipt(
  { formId, lead, form, identity, suspicion, entries, language, consent, proof, now }: DatedReceipt,
  tx: Db,
): Promise<Received> {
  const received = await claim(formId, lead.id, { identity, proof }, tx, now);
  if (received.result === "accepted") {
    const reception = { authorId: formId, form, language, suspicion, consent };
    const isNew = await receiveLead(lead, reception, tx, now);
    received.result = isNew ? (suspicion ? "to_check" : "accepted") : "repeated";
  }
  await noteRequest({ formId, entries, ...received }, tx, now);
  return received;
}

/** What comes again is no second lead, and spends nothing. A challenge that brought another lead brings no second one. */
async function claim(
  formId: string,
  leadId: string,
  { identity, proof }: Pick<Receipt, "identity" | "proof">,
  tx: Db,
  now: number,
): Promise<Received> {
  const claimed = await claimIdentity(formId, leadId, identity, tx, now);
  if (claimed.result !== "accepted" || !proof) return claimed;
  const { challenge, forgetAt } = proof;
  const spent = await tx
    .insertInto("intake_spent")
    .values({ challenge, forget_at: forgetAt })
    .onConflict((conflict) => conflict.column("challenge").doNothing())
    .returning("challenge")
    .executeTakeFirst();
  if (spent) return claimed;
  await tx
    .deleteFrom("intake_answers")
    .where("form_id", "=", formId)
    .where("key_hash", "=", identity.keyHash)
    .execute();
  return { result: "spent" };
}

async function claimIdentity(
  formId: string,
  leadId: string,
  { keyHash, bodyHash, isPress }: Identity,
  tx: Db,
  now: number,
): Promise<Received> {
  const forget_at = now + (isPress ? SAME_PRESS_MS : ANSWERED_ALIKE_MS);
  const claimed = await tx
    .insertInto("intake_answers")
    .values({ form_id: formId, key_hash: keyHash, body_hash: bodyHash, lead_id: leadId, forget_at })
    .onConflict((conflict) =>
      conflict
        .columns(["form_id", "key_hash"])
        .doUpdateSet({ body_hash: bodyHash, lead_id: leadId, forget_at })
        .where("intake_answers.forget_at", "<=", now),
    )
    .returning("lead_id")
    .executeTakeFirst();
  if (claimed) return { result: "accepted", leadId };
  const first = await tx
    .selectFrom("intake_answers")
    .select(["body_hash", "lead_id"])
    .where("form_id", "=", formId)
    .where("key_hash", "=", keyHash)
    .executeTakeFirstOrThrow();
  return first.body_hash === bodyHash
    ? { result: "repeated", leadId: first.lead_id }
    : { result: "other_body" };
}

type Noted = {
  formId: string;
  result: RequestResult;
  leadId?: string;
  entries?: readonly Entry[];
};

/** A line for the admin, with masked values. */
export async function noteRequest(
  { formId, result, leadId, entries = [] }: Noted,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  const body = JSON.stringify(maskEntries(entries));
  await db
    .insertInto("intake_requests")
    .values({ id: randomUUID(), form_id: formId, at: now, result, lead_id: leadId ?? null, body })
    .execute();
}

/** What is kept for a while only: of each form its newest requests, and under what a sender is answered alike. */
export async function pruneIntake(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("intake_requests")
    .where("at", "<", now - REQUESTS_KEPT_DAYS * DAY_MS)
    .execute();
  await db.deleteFrom("intake_answers").where("forget_at", "<=", now).execute();
  await db.deleteFrom("intake_spent").where("forget_at", "<=", now).execute();
  for (const { id } of await db.selectFrom("intake_forms").select("id").execute()) {
    const ofForm = db.selectFrom("intake_requests").where("form_id", "=", id);
    const newest = ofForm.orderBy("at", "desc").orderBy("id", "desc").offset(REQUESTS_KEPT).limit(1);
    const last = await newest.select("at").executeTakeFirst();
    if (!last) continue;
    await db.deleteFrom("intake_requests").where("form_id", "=", id).where("at", "<=", last.at).execute();
  }
}

/** Locks the form first, so that two admins change it one after the other. */
async function act<T>(
  id: string,
  by: By,
  action: AuditAction,
  db: Db,
  now: number,
  change: (tx: Db) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const query = tx.selectFrom("intake_forms").select("id").where("id", "=", id);
    if (!(await lockRows(tx, query).executeTakeFirst())) throw new AppError("not_found");
    const result = await change(tx);
    await writeAudit({ person_id: by, action, subject_id: id }, tx, now);
    return result;
  });
}
