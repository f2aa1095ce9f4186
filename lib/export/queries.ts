import "server-only";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import type { LeadState } from "@/lib/domain/lead/states";
import type { FormField } from "@/lib/domain/mapping/schema";
import { streamLeads } from "@/lib/history/queries";
import type { History } from "@/lib/history/schema";
import type { Person } from "@/lib/people/schema";
import { type Cell, type Column, columns, type Export } from "./schema";
import { toCsv } from "./to-csv";
import { toCustomCell } from "./to-custom-cell";
import { toXlsx } from "./to-xlsx";

const PORTION = 1000;
const writers = { csv: toCsv, xlsx: toXlsx };

type Words = {
  columns: Record<Column, string>;
  states: Record<LeadState, string>;
  custom: { field: FormField; name: string }[];
  yes: string;
};

/** Logs who exported before the first byte. The log leaves the search text out, as it may be a name. */
export async function startExport(
  history: History,
  { format, ticket, zone }: Export,
  words: Words,
  user: Person,
  db: Db = getDb(),
  now = Date.now(),
): Promise<ReadableStream<Uint8Array>> {
  const { q, after: _after, before: _before, ...kept } = history;
  const detail = JSON.stringify({ format, ...kept, ...(q !== undefined && { searched: true }) });
  await db
    .transaction()
    .execute((tx) => writeAudit({ person_id: user.id, action: "leads_exported", detail }, tx, now));
  saveProgress(ticket, user.id, 0, "running");
  const bytes = writers[format](streamRows(history, { ticket, zone }, words, user, db));
  return Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>;
}

async function* streamRows(
  history: History,
  { ticket, zone }: Pick<Export, "ticket" | "zone">,
  words: Words,
  user: Person,
  db: Db,
): AsyncGenerator<Cell[][]> {
  const toTime = createClock(zone);
  let rows = 0;
  let end: "done" | "stopped" | "failed" = "stopped";
  try {
    yield [[...columns.map((column) => words.columns[column]), ...words.custom.map(({ name }) => name)]];
    for await (const ids of streamLeads(history, {}, PORTION, db)) {
      // After a stop the answer breaks off, so that the file does not look complete.
      if (findProgress(ticket, user.id)?.state !== "running") throw new Error("the export was stopped");
      const leads = await listLeads(ids, db);
      yield leads.map((lead) => toCells(lead, words, toTime));
      rows += leads.length;
      saveProgress(ticket, user.id, rows, "running");
      // SQLite is synchronous and would block every other request.
      await setImmediate();
    }
    end = "done";
  } catch (error) {
    if (findProgress(ticket, user.id)?.state === "running") end = "failed";
    throw error;
  } finally {
    saveProgress(ticket, user.id, rows, end);
  }
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
    ])
    .select("people.name as author")
    .where("leads.id", "in", ids)
    .execute();
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Row = Awaited<ReturnType<typeof listLeads>>[number];

function toCells(lead: Row, words: Words, toTime: (at: number | null) => string | null): Cell[] {
  const cells: Record<Column, Cell> = {
    ...lead,
    income: lead.income === null ? null : Number(lead.income),
    created: toTime(lead.created_at),
    state: words.states[lead.state as LeadState],
    kommoId: lead.kommo_lead_id,
    confirmed: toTime(lead.confirmed_at),
  };
  const custom = toCustom(lead.custom);
  return [
    ...columns.map((column) => cells[column]),
    ...words.custom.map(({ field }) => toCustomCell(field, custom[field.key], words.yes)),
  ];
}

/** "2026-11-21 14:30:05" in the person's time zone. Spreadsheets sort this as text. */
function createClock(zone: string): (at: number | null) => string | null {
  const format = new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (at) => (at === null ? null : format.format(at));
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
