import "server-only";
import type { Db } from "@/lib/db/client";
import { applyReading } from "@/lib/domain/outcome/apply-reading";
import { type KnownOutcome, toDeleted } from "@/lib/domain/outcome/known-outcome";
import type { Stages } from "@/lib/domain/outcome/stages";
import type { CallOptions } from "@/lib/kommo/client";
import {
  READ_AT_ONCE,
  type Readings,
  readLeadAlone,
  readLeadsById,
  readTrashById,
} from "@/lib/kommo/lead-outcomes";
import { listLeadsByReference } from "@/lib/kommo/leads";
import { findMapping } from "@/lib/published-mapping/queries";
import { type LeadKnown, listOurs, listToRead, saveKnown, toNextLook } from "./known-leads";
import { type ReadingState, saveReading } from "./reading-state";

const DAY_MS = 24 * 60 * 60_000;

type Context = { options: CallOptions; stages: Stages; db: Db; now: number };

/**
 * Reads by their ids the leads whose time has come, in one request: what the events do not tell, and what they may have missed.
 * Leads that are not there any more are looked for in the trash next. Where the account's filters do not work, one lead is
 * read. Throws as callKommo does (docs/kommo-api.md §2.7, §5.5).
 */
export async function readDueLeads(state: ReadingState, context: Context): Promise<void> {
  const { options, db, now } = context;
  if (state.missing.length > 0) return readTrash(state, context);
  const hasFilters = state.filters !== "off";
  const toRead = await listToRead(now, hasFilters ? READ_AT_ONCE : 1, db);
  const [first] = toRead;
  if (!first) return;
  if (first.known.outcome === "merged") return findSurvivor(first, context);
  const due = toRead.filter(({ known }) => known.outcome !== "merged");
  const ids = due.map(({ kommoId }) => kommoId);
  const readings = await (hasFilters ? readLeadsById(ids, options) : readLeadAlone(first.kommoId, options));
  await saveReadings(due, readings, context);
  if (!readings.isFiltered) return saveReading(state, { filters: "off", filters_at: now }, db);
  const absent = due.filter(({ kommoId }) => !readings.found.has(kommoId));
  if (!readings.isSure) return putOff(absent, context);
  const missing = JSON.stringify(absent.map(({ kommoId }) => kommoId));
  if (absent.length > 0) await saveReading(state, { missing }, db);
}

async function saveReadings(due: LeadKnown[], { found }: Readings, context: Context): Promise<void> {
  const { stages, db, now } = context;
  await db.transaction().execute(async (tx) => {
    for (const lead of due) {
      const reading = found.get(lead.kommoId);
      if (!reading) continue;
      await save(lead, applyReading(lead.known, reading, stages), { ...context, db: tx, now });
    }
  });
}

/** The lead into which it was merged has its reference, unless that had one of its own. It is looked for once. */
async function findSurvivor(lead: LeadKnown, context: Context): Promise<void> {
  const { options, db } = context;
  const fieldId = (await findMapping(db))?.mapping.reference?.fieldId;
  const found = fieldId === undefined ? [] : await listLeadsByReference(lead.id, fieldId, options);
  const [only, ...others] = found.filter((id) => id !== lead.kommoId);
  await save(lead, { ...lead.known, mergedInto: others.length === 0 ? (only ?? null) : null }, context);
}

/** A lead that is neither there nor in the trash was merged into another, which Kommo does not name. */
async function readTrash(state: ReadingState, context: Context): Promise<void> {
  const { options, db, now } = context;
  const trash = await readTrashById(state.missing, options);
  const ours = await listOurs(state.missing, db);
  await db.transaction().execute(async (tx) => {
    for (const lead of ours) {
      const deleted = trash.found.get(lead.kommoId);
      const gone: KnownOutcome | undefined = deleted
        ? toDeleted(lead.known, lead.known.closedAt ?? deleted.updatedAt ?? now)
        : trash.isSure
          ? { ...lead.known, outcome: "merged" }
          : undefined;
      if (gone?.outcome === "merged") await saveKnown(lead, gone, { look_at: 0, outcome_read_at: now }, tx);
      else if (gone) await save(lead, gone, { ...context, db: tx });
      else await putOff([lead], { ...context, db: tx });
    }
    await saveReading(state, { missing: "[]" }, tx);
  });
}

/** Nobody can say what became of it now. */
async function putOff(leads: LeadKnown[], { db, now }: Context): Promise<void> {
  for (const lead of leads) await saveKnown(lead, lead.known, { look_at: now + DAY_MS }, db);
}

async function save(lead: LeadKnown, known: KnownOutcome, { db, now }: Context): Promise<void> {
  const look_at = toNextLook(known, lead.confirmedAt, now);
  await saveKnown(lead, known, { look_at, outcome_read_at: now }, db);
}
