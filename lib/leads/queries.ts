import "server-only";
import type { Selectable } from "kysely";
import { z } from "zod";
import { tellTime } from "@/lib/clock";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { LeadsTable } from "@/lib/db/tables";
import { toConsent } from "@/lib/domain/lead/consent";
import { leadFields, reasons } from "@/lib/domain/lead/fields";
import { toShownPhone } from "@/lib/domain/lead/phone";
import {
  fallbackValueSchema,
  type LeadSummary,
  type LeadToCorrect,
  leadSummarySchema,
  leadToCorrectSchema,
  type RefusedField,
  refusedFieldSchema,
  toCustom,
} from "@/lib/domain/lead/schema";
import { correctableStates, statesToDecide } from "@/lib/domain/lead/states";
import { toTitle } from "@/lib/domain/lead/to-title";
import { findPlace } from "@/lib/domain/outcome/stages";
import { toKnown } from "@/lib/known-clients/queries";
import { FORM_ROLE, type Person } from "@/lib/people/schema";
import { toDecision } from "@/lib/published-routing/queries";
import { findKommoNames, type KommoNames } from "./kommo-names";
import { ofPerson } from "./of-person";

/** Whose leads a person may see: of one author, or everyone's. */
export type Scope = { authorId?: string };

/** Sellers see their own leads. Heads and admins see everyone's. */
export function toScope(user: Person): Scope {
  return user.role === "seller" ? { authorId: user.id } : {};
}

const summaryColumns = [
  "leads.id",
  "leads.name",
  "leads.surname",
  "leads.phone",
  "leads.telegram",
  "leads.email",
  "leads.source",
  "leads.state",
  "leads.problem",
  "leads.tries",
  "leads.due_at",
  "leads.created_at",
  "leads.kommo_lead_id",
  "leads.outcome",
  "leads.confirmed_at",
  "leads.pipeline_id",
  "leads.stage_id",
  "leads.accepted_at",
  "leads.accepted_by",
  "leads.closed_at",
  "leads.loss_reason",
  "leads.merged_into",
  "leads.twin_id",
  "people.name as author",
  "people.role as authorRole",
] as const;

const TRAY_SHOWN = 5;

/** The leads beside the form: those that wait for a person stay on top, then the newest others. */
export async function listTray(authorId: string, db: Db = getDb()): Promise<Tray> {
  const stuck = await listStuckIds({ authorId }, db);
  const newest = await db
    .selectFrom("leads")
    .select("id")
    .where("author_id", "=", authorId)
    .where("state", "not in", statesToDecide)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(TRAY_SHOWN)
    .execute();
  const leads = await listSummaries([...stuck, ...newest.map(({ id }) => id)], db);
  return { leads, stuckCount: await countStuck({ authorId }, db) };
}

type Tray = { leads: LeadSummary[]; stuckCount: number };

const MAX_COUNTED = 100;

/** How many leads wait for a person; 100 means 100 or more. */
export async function countStuck({ authorId }: Scope, db: Db = getDb()): Promise<number> {
  const rows = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "in", statesToDecide)
    .$if(authorId !== undefined, (query) => query.where("author_id", "=", authorId ?? ""))
    .limit(MAX_COUNTED)
    .execute();
  return rows.length;
}

const OVERDUE_MS = 60 * 60 * 1000;

/** How many suspicious leads of website forms nobody has looked at for an hour; 100 means 100 or more. */
export async function countOverdueChecks(
  { authorId }: Scope,
  db: Db = getDb(),
  now = tellTime(),
): Promise<number> {
  if (authorId !== undefined) return 0;
  const rows = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "=", "to_check")
    .where("created_at", "<=", now - OVERDUE_MS)
    .limit(MAX_COUNTED)
    .execute();
  return rows.length;
}

/** These leads, in this order. */
export async function listSummaries(ids: string[], db: Db = getDb()): Promise<LeadSummary[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(summaryColumns)
    .where("leads.id", "in", ids)
    .execute();
  const kommoUrl = await findKommoUrl(db);
  const names = await findKommoNames(db);
  const summaries = new Map(rows.map((row) => [row.id, toSummary(row, kommoUrl, names)]));
  return ids.flatMap((id) => summaries.get(id) ?? []);
}

/** Undefined too when the lead is outside the scope: whose it is stays unsaid. */
export async function findLead(id: string, { authorId }: Scope, db: Db = getDb()) {
  const row = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select([...summaryColumns, ...leadFields.map((field) => `leads.${field}` as const)])
    .select(["leads.phone_raw", "leads.problem_detail", "leads.sent_at"])
    .select(["leads.route", "leads.route_refused_at", "leads.merged_at"])
    .select(["leads.known", "leads.attach_id", "leads.attach_refused_at", "leads.kommo_contact_id"])
    .select(["leads.consent_version", "leads.consent_at"])
    .select(["leads.custom", "leads.parked", "leads.author_id", "leads.anyway"])
    .select("people.disabled_at as author_disabled_at")
    .select([
      "leads.mapping_version",
      (eb) =>
        eb
          .selectFrom("mappings")
          .select((sub) => sub.fn.max("version").as("newest"))
          .as("newest_version"),
    ])
    .where("leads.id", "=", id)
    .$if(authorId !== undefined, (query) => query.where("leads.author_id", "=", authorId ?? ""))
    .executeTakeFirst();
  if (!row) return undefined;

  const fields = leadFields.flatMap((field) => {
    const value = row[field];
    return value ? [{ field, value }] : [];
  });
  const kommoUrl = await findKommoUrl(db);
  return {
    ...toSummary(row, kommoUrl, await findKommoNames(db)),
    fields,
    phoneAsTyped: row.phone_raw,
    /** Why it was sent although its person was known. */
    anyway: reasons.find((reason) => reason === row.anyway) ?? null,
    refused: toRefused(row.problem_detail),
    sentAt: row.sent_at,
    confirmedAt: row.confirmed_at,
    /** When Kommo made it a part of a lead that was there. */
    mergedAt: row.merged_at,
    custom: toCustom(row.custom),
    fallbackValues: toFallbackValues(row.parked),
    /** With which version of the mapping it was sent last, and with which it would be sent now. */
    mappingVersion: row.mapping_version,
    newestVersion: row.newest_version,
    consent: toConsent(row.consent_version, row.consent_at),
    authorId: row.author_id,
    /** Nobody else can correct it: every head and admin may. */
    isOfHeads: row.authorRole === FORM_ROLE || row.author_disabled_at !== null,
    /** Who gets it in Kommo, as it was decided; null where there were no rules. */
    recipient: { decision: toDecision(row.route), isRefused: row.route_refused_at !== null },
    knownClient: toKnownClientShown(row, kommoUrl),
  };
}

type KnownRow = Pick<
  Selectable<LeadsTable>,
  "known" | "attach_id" | "attach_refused_at" | "kommo_contact_id"
>;

/** Whose contact in Kommo the lead is, and what became of it there; null where nobody asked. */
function toKnownClientShown(row: KnownRow, kommoUrl: string | undefined) {
  const client = toKnown(row.known);
  if (!client) return null;
  const { attach_id, attach_refused_at, kommo_contact_id } = row;
  const isElsewhere = kommo_contact_id !== null && attach_id !== null && kommo_contact_id !== attach_id;
  const isThere = kommo_contact_id !== null && kommo_contact_id === attach_id;
  return {
    client,
    url: kommoUrl && client.contact ? `${kommoUrl}/contacts/detail/${client.contact.id}` : null,
    standing:
      attach_refused_at !== null
        ? "refused"
        : isElsewhere
          ? "elsewhere"
          : isThere
            ? "there"
            : attach_id !== null
              ? "chosen"
              : "apart",
  } as const;
}

/** What its author may still change of a lead, as it was typed; undefined when it is on its way, or another's. */
export async function findLeadToCorrect(
  id: string,
  authorId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<LeadToCorrect | undefined> {
  const row = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(leadFields.map((field) => `leads.${field}` as const))
    .select(["leads.id", "leads.state", "leads.custom", "leads.phone_raw", "leads.problem_detail"])
    .select(["leads.contact_choice", "people.role"])
    .where("leads.id", "=", id)
    .where(ofPerson(authorId))
    .where("leads.state", "in", correctableStates)
    .executeTakeFirst();
  if (!row) return undefined;

  const typed = { ...row, phone: row.phone_raw ?? row.phone };
  return leadToCorrectSchema.parse({
    id: row.id,
    state: row.state,
    values: Object.fromEntries(leadFields.map((field) => [field, typed[field] ?? ""])),
    custom: toCustom(row.custom),
    byForm: row.role === FORM_ROLE ? true : undefined,
    contact: row.contact_choice ?? undefined,
    readAt: now,
    wrong: toRefused(row.problem_detail).flatMap(({ field, key }) => (key ? `custom.${key}` : (field ?? []))),
  });
}

/** What people did with the lead after it was saved, oldest first. */
export async function listActivity(leadId: string, db: Db = getDb()) {
  return db
    .selectFrom("audit")
    .innerJoin("people", "people.id", "audit.person_id")
    .select(["audit.id", "audit.at", "audit.action", "people.name as person"])
    .where("audit.lead_id", "=", leadId)
    .orderBy("audit.at")
    .execute();
}

const STUCK_SHOWN = 5;

/** The newest leads that wait for a person, with what Kommo refused of them. */
export async function listStuck(scope: Scope, db: Db = getDb()) {
  return findLeads(await listStuckIds(scope, db), scope, db);
}

async function listStuckIds({ authorId }: Scope, db: Db): Promise<string[]> {
  const newest = (state: (typeof statesToDecide)[number]) =>
    db
      .selectFrom("leads")
      .select(["id", "created_at"])
      .where("state", "=", state)
      .$if(authorId !== undefined, (query) => query.where("author_id", "=", authorId ?? ""))
      .orderBy("created_at", "desc")
      .limit(STUCK_SHOWN)
      .execute();
  const stuck = (await Promise.all(statesToDecide.map(newest))).flat();
  const ids = stuck.sort((a, b) => b.created_at - a.created_at).slice(0, STUCK_SHOWN);
  return ids.map(({ id }) => id);
}

/** A page of leads at the most, in this order, with what Kommo refused of them. */
export async function findLeads(ids: string[], scope: Scope, db: Db = getDb()): Promise<StuckSummary[]> {
  const leads: StuckSummary[] = [];
  for (const id of ids) {
    const lead = await findLead(id, scope, db);
    if (lead) leads.push(lead);
  }
  return leads;
}

type StuckSummary = NonNullable<Awaited<ReturnType<typeof findLead>>>;

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const SOURCES_SHOWN = 50;

/** The sources of this person's leads of the last 30 days, most used first. */
export async function listSources(personId: string, db: Db = getDb(), now = tellTime()): Promise<string[]> {
  const rows = await db
    .selectFrom("leads")
    .select("source")
    .where("author_id", "=", personId)
    .where("created_at", ">", now - MONTH_MS)
    .where("source", "is not", null)
    .groupBy("source")
    .orderBy((eb) => eb.fn.countAll(), "desc")
    .orderBy("source")
    .limit(SOURCES_SHOWN)
    .execute();
  return rows.flatMap(({ source }) => source ?? []);
}

function toFallbackValues(note: string | null) {
  return note === null ? [] : z.array(fallbackValueSchema).parse(JSON.parse(note));
}

function toRefused(detail: string | null): RefusedField[] {
  return detail === null ? [] : z.array(refusedFieldSchema).parse(JSON.parse(detail));
}

/** Each attempt to deliver the lead, oldest first, with the item sent and Kommo's full answer. */
export async function listAttempts(leadId: string, db: Db = getDb()) {
  return selectOutcomes(leadId, db).select(["attempt_leads.request", "attempts.response"]).execute();
}

/** The same for a seller, who is not shown what was sent and what came back. */
export async function listOutcomes(leadId: string, db: Db = getDb()) {
  return selectOutcomes(leadId, db).execute();
}

function selectOutcomes(leadId: string, db: Db) {
  return db
    .selectFrom("attempt_leads")
    .innerJoin("attempts", "attempts.id", "attempt_leads.attempt_id")
    .select([
      "attempts.id",
      "attempts.started_at as startedAt",
      "attempts.duration_ms as durationMs",
      "attempts.lead_count as leadCount",
      "attempts.outcome",
      "attempts.status",
    ])
    .where("attempt_leads.lead_id", "=", leadId)
    .orderBy("attempts.started_at");
}

type SummaryRow = {
  id: string;
  name: string | null;
  surname: string | null;
  phone: string | null;
  telegram: string | null;
  email: string | null;
  source: string | null;
  author: string;
  authorRole: string;
  state: string;
  problem: string | null;
  tries: number;
  due_at: number;
  created_at: number;
  kommo_lead_id: number | null;
  outcome: string | null;
  twin_id: number | null;
} & ThereRow;

type ThereRow = Pick<
  Selectable<LeadsTable>,
  | "outcome"
  | "confirmed_at"
  | "pipeline_id"
  | "stage_id"
  | "accepted_at"
  | "accepted_by"
  | "closed_at"
  | "loss_reason"
  | "merged_into"
>;

function toSummary(row: SummaryRow, kommoUrl: string | undefined, names: KommoNames): LeadSummary {
  const toUrl = (id: number | null) => (kommoUrl && id !== null ? `${kommoUrl}/leads/detail/${id}` : null);
  return leadSummarySchema.parse({
    id: row.id,
    title: toTitle(row),
    contact: toShownPhone(row.phone) ?? row.telegram ?? row.email ?? "",
    source: row.source,
    author: row.author,
    byForm: row.authorRole === FORM_ROLE,
    state: row.state,
    problem: row.problem,
    tries: row.tries,
    dueAt: row.due_at,
    createdAt: row.created_at,
    kommoLeadId: row.kommo_lead_id,
    kommoUrl: toUrl(row.kommo_lead_id),
    outcome: row.outcome,
    there: toThere(row, names, toUrl),
    twinUrl: toUrl(row.twin_id),
  });
}

function toThere(
  row: ThereRow,
  { stages, users }: KommoNames,
  toUrl: (id: number | null) => string | null,
): LeadSummary["there"] {
  if (row.outcome === null || row.outcome === "incoming") return null;
  const { accepted_at, accepted_by, confirmed_at } = row;
  const stage = findPlace(stages, row);
  const isTimed = accepted_at !== null && confirmed_at !== null;
  return {
    stage: stage ? { name: stage.name, color: stage.color } : null,
    acceptedAt: accepted_at,
    acceptedBy: users.get(accepted_by ?? 0) ?? null,
    // By two clocks: a lead that was accepted at once was not accepted before it arrived.
    acceptedAfterMs: isTimed ? Math.max(0, accepted_at - confirmed_at) : null,
    closedAt: row.closed_at,
    lossReason: row.loss_reason,
    mergedUrl: toUrl(row.merged_into),
  };
}
