import "server-only";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import type { LeadState, Outcome } from "@/lib/domain/lead/states";
import type { FormField } from "@/lib/domain/mapping/schema";
import { findPlace } from "@/lib/domain/outcome/stages";
import { AppError } from "@/lib/errors";
import { streamLeads } from "@/lib/history/queries";
import type { History } from "@/lib/history/schema";
import { findKommoNames, type KommoNames } from "@/lib/leads/kommo-names";
import { FORM_ROLE, type Person } from "@/lib/people/schema";
import { type Cell, type Column, columns, type Export } from "./schema";
import { toCsv, toCsvForExcel } from "./to-csv";
import { toCustomCell } from "./to-custom-cell";
import { toLocalTime } from "./to-local-time";
import { toXlsx } from "./to-xlsx";

const PORTION = 1000;
// Of some twenty exports, each with its start and its end: more than anybody's work needs.
const MOST_LINES_AN_HOUR = 40;
const HOUR_MS = 60 * 60 * 1000;
const EXPORTED = "leads_exported";
const endings = { xlsx: ".xlsx", csv_excel: "-excel.csv", csv: ".csv" };
const writers = { xlsx: toXlsx, csv_excel: toCsvForExcel, csv: toCsv };

type Words = {
  columns: Record<Column, string>;
  states: Record<LeadState, string>;
  outcomes: Record<Outcome, string>;
  /** What a website form is called as an author. */
  website(form: string): string;
  custom: { field: FormField; name: string }[];
  /** Fields of ours that are lists: what was chosen goes into the field's own column. */
  lists: FormField[];
  yes: string;
};

/** Whether a person may export once more within this hour. */
export async function hasExportLeft(personId: string, db: Db = getDb(), now = Date.now()): Promise<boolean> {
  const { count } = await db
    .selectFrom("audit")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("person_id", "=", personId)
    .where("action", "in", [EXPORTED, "proof_exported"])
    .where("at", ">", now - HOUR_MS)
    .executeTakeFirstOrThrow();
  return Number(count) < MOST_LINES_AN_HOUR;
}

/** Throws `wait` for a person who has exported as often within an hour as one may. */
export async function requireExportLeft(personId: string): Promise<void> {
  if (!(await hasExportLeft(personId))) throw new AppError("wait");
}

/**
 * `mayGoOn` is asked before each portion, as a person may be disabled meanwhile. Logs who exported before the first byte,
 * and how many after the last. The log leaves the search text out, as it may be a name.
 */
export async function startExport(
  history: History,
  { format, ticket, zone, ids }: Export,
  words: Words,
  user: Person,
  mayGoOn: () => Promise<boolean>,
  db: Db = getDb(),
  now = Date.now(),
): Promise<ReadableStream<Uint8Array>> {
  const { q, after: _after, before: _before, ...kept } = history;
  const detail = { format, ...kept, searched: q !== undefined || undefined, chosen: ids?.length };
  await writeAudit({ person_id: user.id, action: EXPORTED, detail }, db, now);
  saveProgress(ticket, user.id, 0, "running");
  const portions = ids ? [ids] : streamLeads(history, {}, PORTION, db);
  const bytes = writers[format](streamRows(portions, ticket, words, user, mayGoOn, db), zone);
  return Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>;
}

/** With the date where the person is. */
export function toFileName({ format, zone }: Pick<Export, "format" | "zone">, now = Date.now()): string {
  return `leads-${toLocalTime(new Date(now), zone).slice(0, 10)}${endings[format]}`;
}

async function* streamRows(
  portions: AsyncIterable<string[]> | string[][],
  ticket: string,
  words: Words,
  user: Person,
  mayGoOn: () => Promise<boolean>,
  db: Db,
): AsyncGenerator<Cell[][]> {
  let rows = 0;
  let end: "done" | "stopped" | "failed" = "stopped";
  try {
    let heads: Cell[][] = [toHead(words)];
    const names = await findKommoNames(db);
    for await (const ids of portions) {
      // After a stop the answer breaks off, so that the file does not look complete.
      if (findProgress(ticket, user.id)?.state !== "running") throw new Error("the export was stopped");
      if (!(await mayGoOn())) throw new Error("the session of the export has ended");
      const leads = await listLeads(ids, db);
      yield [...heads, ...leads.map((lead) => toCells(lead, words, names))];
      heads = [];
      rows += leads.length;
      saveProgress(ticket, user.id, rows, "running");
      // SQLite is synchronous and would block every other request.
      await setImmediate();
    }
    if (heads.length > 0) yield heads;
    end = "done";
  } catch (error) {
    if (findProgress(ticket, user.id)?.state === "running") end = "failed";
    throw error;
  } finally {
    saveProgress(ticket, user.id, rows, end);
    const detail = { count: rows, end };
    await writeAudit({ person_id: user.id, action: EXPORTED, detail }, db, Date.now());
  }
}

function toHead(words: Words): Cell[] {
  return [...columns.map((column) => words.columns[column]), ...words.custom.map(({ name }) => name)];
}

async function listLeads(ids: string[], db: Db) {
  const leads = await db
    .selectFrom("leads")
    .innerJoin("people", "people.id", "leads.author_id")
    .select(leadFields.map((field) => `leads.${field}` as const))
    .select([
      "leads.id",
      "leads.custom",
      "leads.state",
      "leads.kommo_lead_id",
      "leads.created_at",
      "leads.confirmed_at",
      "leads.outcome",
      "leads.accepted_at",
      "leads.accepted_by",
      "leads.pipeline_id",
      "leads.stage_id",
      "leads.closed_at",
      "leads.loss_reason",
      "leads.consent_at",
      "leads.consent_version",
    ])
    .select(["people.name as author", "people.role as authorRole"])
    .where("leads.id", "in", ids)
    .execute();
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Row = Awaited<ReturnType<typeof listLeads>>[number];

function toCells(lead: Row, words: Words, { stages, users }: KommoNames): Cell[] {
  const cells: Record<Column, Cell> = {
    ...lead,
    author: lead.authorRole === FORM_ROLE ? words.website(lead.author) : lead.author,
    income: lead.income === null ? null : Number(lead.income),
    created: new Date(lead.created_at),
    state: words.states[lead.state as LeadState],
    kommoId: lead.kommo_lead_id,
    confirmed: toDate(lead.confirmed_at),
    outcome: lead.outcome === null ? null : words.outcomes[lead.outcome as Outcome],
    accepted: toDate(lead.accepted_at),
    acceptedBy: users.get(lead.accepted_by ?? 0) ?? null,
    stage: findPlace(stages, lead)?.name ?? null,
    closed: toDate(lead.closed_at),
    lossReason: lead.loss_reason,
    consented: toDate(lead.consent_at),
    consentVersion: lead.consent_version,
  };
  const custom = toCustom(lead.custom);
  for (const list of words.lists) {
    if (list.own) cells[list.own.field] ??= toCustomCell(list, custom[list.key], words.yes);
  }
  return [
    ...columns.map((column) => cells[column]),
    ...words.custom.map(({ field }) => toCustomCell(field, custom[field.key], words.yes)),
  ];
}

function toDate(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** Setting `stop` ends the export before its next portion. */
type Progress = {
  personId: string;
  rows: number;
  state: "running" | "done" | "stopped" | "failed";
  changedAt: number;
};

const KEPT_MS = 10 * 60 * 1000;
// Next bundles the routes separately, so a module variable would exist several times.
const handle = globalThis as typeof globalThis & { leadDeskExports?: Map<string, Progress> };

export function findProgress(ticket: string, personId: string) {
  const progress = getExports().get(ticket);
  return progress?.personId === personId ? { rows: progress.rows, state: progress.state } : undefined;
}

export function saveProgress(ticket: string, personId: string, rows: number, state: Progress["state"]): void {
  const now = Date.now();
  if (state === "running" && getExports().get(ticket)?.state === "stopped") return;
  for (const [other, { changedAt }] of getExports())
    if (changedAt < now - KEPT_MS) getExports().delete(other);
  getExports().set(ticket, { personId, rows, state, changedAt: now });
}

export function stopExport(ticket: string, personId: string): void {
  const progress = getExports().get(ticket);
  if (progress?.personId === personId && progress.state === "running") progress.state = "stopped";
}

function getExports(): Map<string, Progress> {
  handle.leadDeskExports ??= new Map();
  return handle.leadDeskExports;
}
