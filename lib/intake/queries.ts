import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { REQUESTS_KEPT_DAYS, REQUESTS_SHOWN } from "./constants";
import {
  type FormSecret,
  maskedSchema,
  originsSchema,
  type RequestResult,
  requestResults,
  shownSchema,
  targetsSchema,
  type WebsiteForm,
} from "./schema";
import type { Identity } from "./to-sender";

const DAY_MS = 24 * 60 * 60 * 1000;
const NO_ERROR: readonly RequestResult[] = ["accepted", "to_check", "repeated", "test"];

const formColumns = [
  "intake_forms.id",
  "intake_forms.key",
  "intake_forms.origins",
  "intake_forms.thanks_url",
  "intake_forms.fields",
  "intake_forms.token_asked_at",
  "intake_forms.proof_asked_at",
  "intake_forms.consent_asked_at",
  "intake_forms.shown_fields",
  "intake_forms.paused_at",
  "people.name",
] as const;

export async function findFormByKey(key: string, db: Db = getDb()): Promise<WebsiteForm | undefined> {
  const row = await selectForms(db).where("intake_forms.key", "=", key).executeTakeFirst();
  return row && toWebsiteForm(row);
}

export async function findWebsiteForm(id: string, db: Db = getDb()): Promise<WebsiteForm | undefined> {
  const row = await selectForms(db).where("intake_forms.id", "=", id).executeTakeFirst();
  return row && toWebsiteForm(row);
}

/** The lead that the same body under the same id has become, while it is answered alike. */
export async function findAnsweredLead(
  formId: string,
  { keyHash, bodyHash }: Identity,
  db: Db,
  now: number,
): Promise<string | undefined> {
  const answered = await db
    .selectFrom("intake_answers")
    .select("lead_id")
    .where("form_id", "=", formId)
    .where("key_hash", "=", keyHash)
    .where("body_hash", "=", bodyHash)
    .where("forget_at", ">", now)
    .executeTakeFirst();
  return answered?.lead_id;
}

export type ListedForm = WebsiteForm & {
  lastLeadAt: number | null;
  /** Within the last 24 hours, of the newest requests that are kept. */
  errorsOfDay: number;
  leadsOfDay: number;
};

export async function listForms(db: Db = getDb(), now = tellTime()): Promise<ListedForm[]> {
  const since = now - DAY_MS;
  const rows = await selectForms(db)
    .select((eb) => [
      eb
        .selectFrom("leads")
        .select(({ fn }) => fn.max("created_at").as("at"))
        .whereRef("author_id", "=", "intake_forms.id")
        .as("lastLeadAt"),
      eb
        .selectFrom("leads")
        .select(({ fn }) => fn.countAll<number>().as("leads"))
        .whereRef("author_id", "=", "intake_forms.id")
        .where("created_at", ">", since)
        .as("leadsOfDay"),
      eb
        .selectFrom("intake_requests")
        .select(({ fn }) => fn.countAll<number>().as("errors"))
        .whereRef("form_id", "=", "intake_forms.id")
        .where("at", ">", since)
        .where("result", "not in", NO_ERROR)
        .as("errorsOfDay"),
    ])
    .orderBy("people.name")
    .orderBy("people.id")
    .execute();
  return rows.map(({ lastLeadAt, leadsOfDay, errorsOfDay, ...row }) => ({
    ...toWebsiteForm(row),
    lastLeadAt: lastLeadAt ?? null,
    leadsOfDay: Number(leadsOfDay ?? 0),
    errorsOfDay: Number(errorsOfDay ?? 0),
  }));
}

/** Hashes of the secret keys that still work. */
export async function listSecretHashes(formId: string, db: Db, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom("intake_secrets")
    .select("hash")
    .where("form_id", "=", formId)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .execute();
  return rows.map(({ hash }) => hash);
}

export async function listSecrets(formId: string, db: Db = getDb()): Promise<FormSecret[]> {
  const rows = await db
    .selectFrom("intake_secrets")
    .select(["id", "last_four", "created_at", "expires_at"])
    .where("form_id", "=", formId)
    .orderBy("created_at")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    lastFour: row.last_four,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
}

export type FormRequest = {
  id: string;
  at: number;
  result: RequestResult;
  leadId: string | null;
  /** With masked values. */
  fields: { name: string; value: string }[];
};

/** The newest first. */
export async function listRequests(
  formId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<FormRequest[]> {
  const rows = await db
    .selectFrom("intake_requests")
    .select(["id", "at", "result", "lead_id", "body"])
    .where("form_id", "=", formId)
    .where("at", ">", now - REQUESTS_KEPT_DAYS * DAY_MS)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(REQUESTS_SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    result: requestResults.find((one) => one === row.result) ?? "unreadable",
    leadId: row.lead_id,
    fields: maskedSchema.parse(JSON.parse(row.body)),
  }));
}

function selectForms(db: Db) {
  return db
    .selectFrom("intake_forms")
    .innerJoin("people", "people.id", "intake_forms.id")
    .select(formColumns);
}

type FormRow = Record<"id" | "key" | "origins" | "fields" | "name", string> & {
  thanks_url: string | null;
  token_asked_at: number | null;
  proof_asked_at: number | null;
  consent_asked_at: number | null;
  shown_fields: string | null;
  paused_at: number | null;
};

function toWebsiteForm(row: FormRow): WebsiteForm {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    origins: originsSchema.parse(JSON.parse(row.origins)),
    thanks: row.thanks_url,
    targets: targetsSchema.parse(JSON.parse(row.fields)),
    asksToken: row.token_asked_at !== null,
    asksProof: row.proof_asked_at !== null,
    asksConsent: row.consent_asked_at !== null,
    shown: row.shown_fields === null ? null : shownSchema.parse(JSON.parse(row.shown_fields)),
    pausedAt: row.paused_at,
  };
}
