import "server-only";
import { z } from "zod";
import { findKommoUrl } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import {
  type LeadSummary,
  leadFields,
  leadSummarySchema,
  parkedSchema,
  type RefusedField,
  refusedFieldSchema,
} from "./schema";
import { toCustom } from "./to-custom";

type Scope = { authorId?: string };

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
  "people.name as author",
] as const;

/** Newest first. A seller's page passes the seller's id as `authorId`. */
export async function listLeads(
  { authorId, limit }: Scope & { limit: number },
  db: Db = getDb(),
): Promise<LeadSummary[]> {
  const rows = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(summaryColumns)
    .$if(authorId !== undefined, (query) => query.where("leads.author_id", "=", authorId ?? ""))
    .orderBy("leads.created_at", "desc")
    .orderBy("leads.id", "desc")
    .limit(limit)
    .execute();
  const kommoUrl = await findKommoUrl(db);
  return rows.map((row) => toSummary(row, kommoUrl));
}

/** Undefined too when the lead is outside the scope: whose it is stays unsaid. */
export async function findLead(id: string, { authorId }: Scope, db: Db = getDb()) {
  const row = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select([...summaryColumns, ...leadFields.map((field) => `leads.${field}` as const)])
    .select(["leads.phone_raw", "leads.problem_detail", "leads.sent_at", "leads.confirmed_at"])
    .select(["leads.custom", "leads.parked"])
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
  return {
    ...toSummary(row, await findKommoUrl(db)),
    fields,
    phoneAsTyped: row.phone_raw,
    refused: toRefused(row.problem_detail),
    sentAt: row.sent_at,
    confirmedAt: row.confirmed_at,
    custom: toCustom(row.custom),
    parked: toParked(row.parked),
    /** With which version of the mapping it was sent last, and with which it would be sent now. */
    mappingVersion: row.mapping_version,
    newestVersion: row.newest_version,
  };
}

function toParked(note: string | null) {
  return note === null ? [] : z.array(parkedSchema).parse(JSON.parse(note));
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
  state: string;
  problem: string | null;
  tries: number;
  due_at: number;
  created_at: number;
  kommo_lead_id: number | null;
  outcome: string | null;
};

function toSummary(row: SummaryRow, kommoUrl: string | undefined): LeadSummary {
  return leadSummarySchema.parse({
    id: row.id,
    title: [row.name, row.surname].filter(Boolean).join(" "),
    contact: row.phone ?? row.telegram ?? row.email ?? "",
    source: row.source,
    author: row.author,
    state: row.state,
    problem: row.problem,
    tries: row.tries,
    dueAt: row.due_at,
    createdAt: row.created_at,
    kommoLeadId: row.kommo_lead_id,
    kommoUrl: kommoUrl && row.kommo_lead_id !== null ? `${kommoUrl}/leads/detail/${row.kommo_lead_id}` : null,
    outcome: row.outcome,
  });
}
