import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bindAccount, isConnected, verifyAccount } from "@/lib/account/bind-account";
import { connectAccount } from "@/lib/account/connect-account";
import { findCatalogue, findCatalogueState } from "@/lib/account/queries";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { tryAttaching } from "@/lib/account/try-attaching";
import { saveConnection } from "@/lib/connection/mutations";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import { claimBatch, startSending } from "@/lib/delivery/claim";
import { createLookBack } from "@/lib/delivery/restore/look-back";
import { settleFound } from "@/lib/delivery/settle-found";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { lookUp } from "@/lib/known-clients/look-up";
import { getAttaching, listFound } from "@/lib/known-clients/queries";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { seedMapping } from "@/lib/mapping/seed-mapping";
import { findMapping } from "@/lib/published-mapping/queries";
import { findQueueStop, haltQueue } from "@/lib/queue/halt";
import { type Practice, startPractice } from "@/practice/server";
import { openFixtures } from "@/tests/support/accounts";
import { aLead, aLeadToSend } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { type Gate, openGate } from "@/tests/support/open-gate";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const MINUTE_MS = 60_000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
/** Of `anItem`. */
const PHONE = "+79001234567";
const toMapping = (fieldId: number) =>
  mappingSchema.parse({
    pipelineId: 12984871,
    fields: { phone: { entity: "contacts", fieldId, enumCode: "WORK" } },
  });
const MAPPING = toMapping(467700);
const OTHER_MAPPING = toMapping(200001);

let practice: Practice;
let other: Practice;
let gate: Gate;

beforeAll(() => {
  vi.stubEnv("OWN_PRACTICE", "1");
  // All that the first mapping needs but the pipeline, which Kommo is asked for.
  const utm = ["SOURCE", "MEDIUM", "CAMPAIGN", "CONTENT", "TERM"].map((name) => `UTM_${name}`);
  for (const name of ["PHONE", "TELEGRAM", "EMAIL", ...utm]) vi.stubEnv(`KOMMO_${name}_FIELD_ID`, "501");
});
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("a connection replaced while Kommo answers on $name", ({ open }) => {
  let db: Db;
  let admin: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Date.now();
    sleepBy({ now, set });
    practice = await openPractice({ now });
    other = await startPractice({ account: openFixtures().en.account, requestsPerSecond: 0 });
    gate = await openGate(practice);
    admin = await insertSeller(db);
    await saveConnection({ subdomain: gate.url, token: practice.token }, admin, db, clock);
    clock += MINUTE_MS;
  });
  afterEach(async () => {
    await Promise.all([gate.close(), practice.close(), other.close()]);
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const set = (at: number) => {
    clock = at;
  };
  const replaceBy = ({ url, token }: Practice) => connectAccount({ subdomain: url, token }, admin, db, now);
  const toOther = () => replaceBy(other);
  const refresh = () => refreshCatalogue({}, db, now, []);
  const save = async (fields: Partial<Lead> = {}) => {
    const lead = aLead({ phone: PHONE, ...fields });
    await createLead(lead, admin, db, clock, RULES);
    return lead;
  };
  const findBoundTo = () =>
    db.selectFrom("sender").select(["account_id", "account_mark"]).executeTakeFirstOrThrow();

  test("is not what the desk is tied to: the new one is asked", async () => {
    gate.holdNext("/account", toOther);

    const connection = await verifyAccount(db, now);

    expect(connection.baseUrl).toBe(other.url);
    const asked = other.journal.length;
    expect(await isConnected(db, now)).toBe(true);
    expect(other.journal.length).toBe(asked);
  });

  test("gives no catalogue, and what has left by the new one halts nothing", async () => {
    await saveFirstMapping(OTHER_MAPPING, db);
    let bound: unknown;
    const lead = await save();
    gate.holdNext("/leads/tags", async () => {
      await toOther();
      bound = await findBoundTo();
      await deliverRound(db, now);
    });

    await expect(refresh()).rejects.toMatchObject({ code: "changed_meanwhile" });

    expect(await findBoundTo()).toEqual(bound);
    expect(await findCatalogue(db)).toBeUndefined();
    expect(await findCatalogueState(db)).toMatchObject({ problem: null });
    expect(await findQueueStop(db)).toBeUndefined();
    expect(other.incomingLeads().map(({ requestId }) => requestId)).toEqual([lead.id]);
  });

  test("is refused, and neither halts the queue nor is it told on the page", async () => {
    practice.failNext({ kind: "401", path: "/account" });
    gate.holdNext("/account", toOther);

    await expect(refresh()).rejects.toMatchObject({ code: "token_refused" });

    expect(await findQueueStop(db)).toBeUndefined();
    expect(await findCatalogueState(db)).toMatchObject({ problem: null });
  });

  test.each(["401", "503"] as const)("answers a probe with %s, and the queue goes on", async (kind) => {
    await save();
    await haltQueue("token_refused", db, clock);
    clock += MINUTE_MS;
    practice.failNext({ kind, path: "/account" });
    gate.holdNext("/account", toOther);

    await deliverRound(db, now);

    expect(await findQueueStop(db)).toBeUndefined();
  });

  test("refuses a batch, which leaves by the new one", async () => {
    await saveFirstMapping(MAPPING, db);
    const lead = await save();
    practice.failNext({ kind: "401", method: "POST" });
    gate.holdNext("/unsorted/forms", () => replaceBy(practice));

    await deliverRound(db, now);
    expect(await findQueueStop(db)).toBeUndefined();
    clock += MINUTE_MS;
    await deliverRound(db, now);

    expect(await readLead(lead.id, db)).toMatchObject({ state: "confirmed" });
  });

  test("takes no batch that was claimed before", async () => {
    const lead = await save();
    const duty = await aDuty(db, now);
    const [claimed] = await claimBatch(duty);
    const connection = await getConnection(db);
    await toOther();

    const leaving = await startSending(
      claimed ? [claimed] : [],
      { version: 1, reference: null, connection },
      duty,
    );

    expect(leaving).toEqual([]);
    expect(await readLead(lead.id, db)).toMatchObject({ state: "queued", sentAt: null });
  });

  test("gives no sign that the database was copied back, and the other account is looked at", async () => {
    await save();
    const unknown = aLead();
    const page = `http://desk.test/leads/${unknown.id}`;
    await postItems(practice, [toIncomingLead({ ...aLeadToSend(unknown), page }, MAPPING)]);
    const duty = await aDuty(db, now);
    const lookBack = createLookBack();
    gate.holdNext("/unsorted", toOther);

    expect(await lookBack(duty)).toBe(false);

    const sender = await db.selectFrom("sender").select(["last_lead_id", "restored_at"]).execute();
    expect(sender).toEqual([{ last_lead_id: 0, restored_at: null }]);
    const asked = other.journal.length;
    expect(await lookBack(duty)).toBe(true);
    expect(other.journal.length).toBeGreaterThan(asked);
  });

  test("has nothing of ours, which says nothing of the account that is connected instead", async () => {
    await save();
    const duty = await aDuty(db, now);
    const lookBack = createLookBack();
    gate.holdNext("/unsorted", toOther);

    expect(await lookBack(duty)).toBe(false);
    expect(await lookBack(duty)).toBe(true);
  });

  test("tells of no contacts", async () => {
    await saveFirstMapping(MAPPING, db);
    gate.holdNext("/contacts", toOther);

    const asking = lookUp(PHONE, {
      connection: await getConnection(db),
      signal: new AbortController().signal,
      now,
      db,
    });

    await expect(asking).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(await listFound([PHONE], db, clock)).toEqual(new Map());
  });

  test("shows nothing of whether the account adds leads to contacts", async () => {
    await saveFirstMapping(MAPPING, db);
    await postItems(practice, [anItem()]);
    await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);
    gate.holdNext("/unsorted/forms", toOther);

    await expect(tryAttaching(PHONE, admin, db, now)).rejects.toMatchObject({ code: "changed_meanwhile" });

    expect(await getAttaching(db)).toMatchObject({ onAt: null, trial: null });
  });

  test("names no pipeline for the first mapping", async () => {
    gate.holdNext("/pipelines", toOther);

    await seedMapping(db, now);

    expect(await findMapping(db)).toBeUndefined();
  });

  test("confirms no lead that a person has found there", async () => {
    const lead = await save();
    await db.updateTable("leads").set({ state: "needs_admin", problem: "mapping_broken" }).execute();
    await postItems(practice, [anItem()]);
    const kommoLeadId = practice.incomingLeads()[0]?.leadId ?? 0;
    const found = { id: lead.id, state: "needs_admin" as const, sentAt: null, kommoLeadId };
    gate.holdNext("/leads", toOther);

    const unchanged = await settleFound([found], admin, db, now);

    expect(unchanged).toEqual([{ id: lead.id, reason: "changed_meanwhile" }]);
    expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin", kommoLeadId: null });
  });

  test("cannot be of another account once a person has found a lead there that never left", async () => {
    await bindAccount(1, await getConnection(db), db);
    await save();
    await db.updateTable("leads").set({ state: "confirmed", kommo_lead_id: 7 }).execute();

    await expect(toOther()).rejects.toMatchObject({ code: "other_account" });
  });
});
