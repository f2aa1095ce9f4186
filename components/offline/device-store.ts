import { type IDBPDatabase, openDB } from "idb";
import { type DeviceLead, toDeviceLead } from "./device-lead";
import { hasMark, MARK } from "./mark";

const DATABASE = "lead-desk";
const LEADS = "leads";
const WAIT_MS = 5000;

class Silence extends Error {}

type Kept = Pick<DeviceLead, "id" | "personId" | "at" | "lead" | "corrects">;

/**
 * Keeps the lead on this device; the same id again is the same lead with other words. True once it is on the disk; false
 * where the browser refuses it, or has no room.
 */
export async function keepLead(kept: Kept): Promise<boolean> {
  const { personId } = kept;
  const hadMark = hasMark(personId);
  setMark(personId, true);
  // The browser may otherwise clear away what it keeps when its disk is full.
  void navigator.storage?.persist?.().catch(() => undefined);
  return write(kept).then(
    () => true,
    (cause) => {
      // What the browser has not answered may still have been written.
      if (!hadMark && !(cause instanceof Silence)) setMark(personId, false);
      return false;
    },
  );
}

async function write(kept: Kept): Promise<void> {
  await withDatabase(async (database) => {
    const { store, done } = database.transaction(LEADS, "readwrite", { durability: "strict" });
    const all = (await store.getAll()).flatMap((stored) => toDeviceLead(stored) ?? []);
    const before = all.find(({ id, personId }) => id === kept.id && personId === kept.personId);
    const order = before?.order ?? Math.max(0, ...all.map((lead) => lead.order)) + 1;
    const fresh: DeviceLead = { ...kept, order, undone: null, problem: null, wrong: [] };
    await Promise.all([store.put(fresh), done]);
  });
}

/** In the order in which they were typed. */
export async function listKept(personId: string): Promise<DeviceLead[]> {
  const stored = await withDatabase((database) => database.getAll(LEADS, toRange(personId)));
  const leads = stored.flatMap((one) => toDeviceLead(one) ?? []);
  setMark(personId, leads.length > 0);
  return leads.toSorted((a, b) => a.order - b.order);
}

export async function findKept(personId: string, id: string): Promise<DeviceLead | undefined> {
  return toDeviceLead(await withDatabase((database) => database.get(LEADS, [personId, id])));
}

/** Undefined removes it. */
export async function changeKept(
  personId: string,
  id: string,
  change: (lead: DeviceLead) => DeviceLead | undefined,
): Promise<void> {
  await withDatabase(async (database) => {
    const { store, done } = database.transaction(LEADS, "readwrite", { durability: "strict" });
    const before = toDeviceLead(await store.get([personId, id]));
    const after = before && change(before);
    if (!before) return;
    await Promise.all([after ? store.put(after) : store.delete([personId, id]), done]);
  });
}

export async function dropAllKept(personId: string): Promise<void> {
  await withDatabase((database) => database.delete(LEADS, toRange(personId)));
  setMark(personId, false);
}

function setMark(personId: string, isSet: boolean): void {
  try {
    if (isSet) localStorage.setItem(MARK + personId, "1");
    else localStorage.removeItem(MARK + personId);
  } catch {
    // Then the leads are found a little later.
  }
  dispatchEvent(new Event("storage"));
}

function toRange(personId: string): IDBKeyRange {
  return IDBKeyRange.bound([personId], [personId, []]);
}

/** A browser may leave the question unanswered; nobody who pressed waits for it longer. */
function withDatabase<T>(use: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const silence = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Silence()), WAIT_MS);
  });
  return Promise.race([openFor(use), silence]);
}

/** Opened for each use: a connection that stays open would block a later version of the page, and may be cut at any time. */
async function openFor<T>(use: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await openDB(DATABASE, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore(LEADS, { keyPath: ["personId", "id"] });
    },
  });
  try {
    return await use(database);
  } finally {
    database.close();
  }
}
