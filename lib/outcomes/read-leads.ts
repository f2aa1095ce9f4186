import "server-only";
import { readOwnRecords } from "@/lib/delivery/verify/own-records";
import { applyReading } from "@/lib/domain/outcome/apply-reading";
import { isGone, type KnownOutcome, toDeleted, toMerged } from "@/lib/domain/outcome/known-outcome";
import type { AppError } from "@/lib/errors";
import {
  READ_AT_ONCE,
  type Readings,
  readLeadAlone,
  readLeadsById,
  readTrashById,
} from "@/lib/kommo/lead-outcomes";
import { listLeadsByReference } from "@/lib/kommo/leads";
import { findReferenceFields } from "@/lib/published-mapping/queries";
import { type LeadKnown, listOurs, listToRead, saveKnown, toNextLook } from "./known-leads";
import { type LookContext, pardon } from "./look-context";
import { type ReadingState, saveReading } from "./reading-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// Read with those that are due: whether Kommo shows any of ours at all.
const OTHERS_READ = 3;
// Beyond that a desk merges more than anybody asks about.
const MOST_MERGED = 1000;

/** One request: what it is to tell about. */
type Reading = { leads: LeadKnown[]; read: () => Promise<void> };

/**
 * Reads by their ids the leads whose time has come, in one request: what the events do not tell, and what they may have missed.
 * Leads that are not there any more are looked for in the trash next, and what merged ones were merged into when nothing else is
 * to be read. Where the account's filters do not work, one lead is read. A failure that is not of the connection puts these leads
 * off, so that the others are read, and is answered; others are thrown as callKommo does (docs/kommo-api.md §2.7, §5.5).
 */
export async function readDueLeads(
  state: ReadingState,
  isUrgentOnly: boolean,
  context: LookContext,
): Promise<AppError | undefined> {
  const reading = await findReading(state, isUrgentOnly, context);
  try {
    await reading?.read();
  } catch (error) {
    const pardoned = await pardon(error, context.options);
    await putOff(reading?.leads ?? [], pardoned.kind === "temporary" ? HOUR_MS : DAY_MS, context);
    if (!isUrgentOnly) await saveReading(state, { missing: "[]", missing_unshown: 0 }, context.db);
    return pardoned;
  }
}

async function findReading(
  state: ReadingState,
  isUrgentOnly: boolean,
  context: LookContext,
): Promise<Reading | undefined> {
  const { db, now } = context;
  if (!isUrgentOnly && state.missing.length > 0) {
    const leads = await listOurs(state.missing, db);
    return { leads, read: () => readTrash(leads, state, context) };
  }
  const most = state.filters === "off" ? 1 : READ_AT_ONCE - OTHERS_READ;
  const leads = await listToRead(now, { most, isUrgentOnly }, db);
  if (leads.length > 0) return { leads, read: () => readLeads(leads, state, context) };
  return isUrgentOnly ? undefined : findSurvivorToRead(state, context);
}

async function readLeads(due: LeadKnown[], state: ReadingState, context: LookContext): Promise<void> {
  const { options, db, now } = context;
  const ids = due.map(({ kommoId }) => kommoId);
  const [first = 0] = ids;
  const others = (await readOwnRecords(db, now).listNewestStanding()).filter((id) => !ids.includes(id));
  const asked = [...ids, ...others.slice(0, OTHERS_READ)];
  const readings = await (state.filters === "off"
    ? readLeadAlone(first, options)
    : readLeadsById(asked, options));
  await saveReadings(due, readings, context);
  if (!readings.isFiltered) return saveReading(state, { filters: "off", filters_at: now }, db);
  const absent = due.filter(({ kommoId }) => !readings.found.has(kommoId));
  if (!readings.isSure) return putOff(absent, DAY_MS, context);
  if (absent.length === 0) return;
  const missing = new Set([...state.missing, ...absent.map(({ kommoId }) => kommoId)]);
  const columns = { missing: JSON.stringify([...missing].slice(0, READ_AT_ONCE)) };
  const isUnshown = state.filters !== "off" && readings.found.size === 0 && asked.length > 1;
  await saveReading(state, { ...columns, ...(isUnshown && { missing_unshown: 1 }) }, db);
}

async function saveReadings(due: LeadKnown[], { found }: Readings, context: LookContext): Promise<void> {
  const { stages, db } = context;
  await db.transaction().execute(async (tx) => {
    for (const lead of due) {
      const reading = found.get(lead.kommoId);
      if (reading) await save(lead, applyReading(lead.known, reading, stages), { ...context, db: tx });
    }
  });
}

/** The lead into which it was merged has its reference, unless that had one of its own. It is looked for once. */
async function findSurvivorToRead(state: ReadingState, context: LookContext): Promise<Reading | undefined> {
  const { options, db } = context;
  const [kommoId, ...later] = state.merged;
  if (kommoId === undefined) return undefined;
  // Before it is asked for, so that a failure does not come again.
  await saveReading(state, { merged: JSON.stringify(later) }, db);
  const [lead] = await listOurs([kommoId], db);
  const fieldIds = await findReferenceFields(db);
  if (lead?.known.outcome !== "merged" || fieldIds.size === 0) return undefined;
  const read = async () => {
    const found = await listLeadsByReference(lead.id, fieldIds, options);
    const [only, ...others] = found.filter((id) => id !== lead.kommoId);
    await save(lead, { ...lead.known, mergedInto: others.length === 0 ? (only ?? null) : null }, context);
  };
  return { leads: [], read };
}

/** A lead that is neither there nor in the trash was merged into another, which Kommo does not name. */
async function readTrash(ours: LeadKnown[], state: ReadingState, context: LookContext): Promise<void> {
  const { options, db } = context;
  const trash = await readTrashById(state.missing, options);
  // Kommo has shown none of ours, not even those that stand there: then it says nothing of these.
  if (state.missing_unshown === 1 && trash.found.size === 0) {
    await putOff(ours, HOUR_MS, context);
    return saveReading(state, { missing: "[]", missing_unshown: 0 }, db);
  }
  const hasReference = (await findReferenceFields(db)).size > 0;
  const merged = [...state.merged];
  await db.transaction().execute(async (tx) => {
    for (const lead of ours) {
      const gone = toGone(lead, trash, context);
      if (gone?.outcome === "merged" && lead.known.outcome !== "merged") merged.push(lead.kommoId);
      if (gone) await save(lead, gone, { ...context, db: tx });
      else await putOff([lead], DAY_MS, { ...context, db: tx });
    }
    const toFind = hasReference ? merged.slice(-MOST_MERGED) : [];
    const columns = { missing: "[]", missing_unshown: 0, merged: JSON.stringify(toFind) };
    await saveReading(state, columns, tx);
  });
}

/** Undefined where the trash does not say. What is gone already stays as it is known, unless it shows up there after all. */
function toGone(
  { known, kommoId }: LeadKnown,
  trash: Readings,
  context: LookContext,
): KnownOutcome | undefined {
  const deleted = trash.found.get(kommoId);
  if (!deleted) return trash.isSure ? toMerged(known, context.kommoNow) : undefined;
  const at = (isGone(known) ? known.closedAt : null) ?? deleted.updatedAt ?? context.kommoNow;
  return toDeleted(known, at, context.stages);
}

/** Nobody can say what became of it now. */
async function putOff(leads: LeadKnown[], ms: number, { db, now }: LookContext): Promise<void> {
  for (const lead of leads) await saveKnown(lead, lead.known, { look_at: now + ms }, db);
}

async function save(lead: LeadKnown, known: KnownOutcome, context: LookContext): Promise<void> {
  const look_at = toNextLook(known, lead.confirmedAt, context);
  await saveKnown(lead, known, { look_at, outcome_read_at: context.now }, context.db);
}
