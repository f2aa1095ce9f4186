import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeProof } from "@/lib/daily-proof/make-proof";
import { claimProof, savePortion } from "@/lib/daily-proof/making";
import { acceptDifference, askForProof, pruneProofs } from "@/lib/daily-proof/mutations";
import { listDaysToProve, proveNightly } from "@/lib/daily-proof/prove-nightly";
import { getProofPage, hasProofToMake, startProofFile } from "@/lib/daily-proof/queries";
import { sheetColumns, sheetCounts } from "@/lib/daily-proof/schema";
import type { Db } from "@/lib/db/client";
import { resendLeads } from "@/lib/delivery/mutations";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { send } from "@/lib/kommo/send";
import { createLead, withdrawLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { eraseLeads } from "@/lib/privacy/mutations";
import { takeLease } from "@/lib/worker/lease";
import type { Practice } from "@/practice/server";
import { readAudit } from "@/tests/support/audit";
import { aLead, aLeadToSend } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { freeSlot } from "@/tests/support/slots";

const network = { takeSlot: freeSlot, transport: send };
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Moscow";
const TODAY = "2026-11-28";
const YESTERDAY = "2026-11-27";
/** Noon in the account's zone, on the day that is called *yesterday* from then on. */
const NOON = Date.parse("2026-11-27T09:00:00Z");

let practice: Practice;
let clock: number;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the proof of a day on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let mapping: Mapping;
  const now = () => clock;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = NOON;
    practice = await openPractice({ now });
    author = await insertSeller(db);
    const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    mapping = mappingSchema.parse({
      pipelineId: 12984871,
      timeZone: ZONE,
      fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
      reference: { entity: "leads", fieldId, type: "text" },
    });
    await saveFirstMapping(mapping, db);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  let entered = 0;
  async function save(fields: Partial<Lead> = {}): Promise<string> {
    entered++;
    const phone = `+7 900 ${String(1_000_000 + entered).replace(/(...)(..)(..)/, "$1-$2-$3")}`;
    const lead = aLead({ surname: `Петров-${entered}`, phone, ...fields });
    await createLead(lead, author, db, clock, RULES);
    return lead.id;
  }
  async function deliver(): Promise<void> {
    await deliverRound(db, now);
  }
  /** Saves and delivers so many; answers their ids. */
  async function arrive(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) ids.push(await save());
    await deliver();
    return ids;
  }
  function kommoIdOf(id: string): number {
    return practice.incomingLeads().find(({ requestId }) => requestId === id)?.leadId ?? 0;
  }
  /** The same lead once more, as a request that was held up would make it. */
  async function arriveAgain(id: string): Promise<number> {
    const row = await db
      .selectFrom("leads")
      .select(["name", "surname", "phone"])
      .where("id", "=", id)
      .executeTakeFirst();
    const fields = Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, value ?? ""]));
    const copy = aLeadToSend({ ...fields, id, createdAt: clock, page: `http://desk.test/leads/${id}` });
    await postItems(practice, [toIncomingLead(copy, mapping)]);
    return practice.incomingLeads()[0]?.leadId ?? 0;
  }
  async function prove(day = YESTERDAY) {
    await askForProof(day, db, clock);
    await makeProof({ db, now, network });
    return getProofPage(day, db, clock);
  }

  test("says that all that was entered is in Kommo, accepted, declined and incoming, but for a withdrawn lead", async () => {
    const [accepted = "", declined = ""] = await arrive(5);
    await practice.control.accept(kommoIdOf(accepted));
    await practice.control.decline(kommoIdOf(declined));
    await withdrawLead(await save(), author, db, clock);
    clock += DAY_MS;

    const { proof, making } = await prove();

    expect(proof).toMatchObject({
      verdict: "equal",
      differences: 0,
      copies: "all",
      zone: ZONE,
      madeAt: clock,
    });
    expect(proof?.counts).toEqual({ entered: 5, withdrawn: 1, confirmed: 5, found: 5, trashed: 1 });
    expect(making).toBeNull();
  });

  test("names three planted differences, and none is open once they are mended", async () => {
    clock -= DAY_MS;
    const [older = ""] = await arrive(1);
    clock += DAY_MS;
    const [gone = "", twice = ""] = await arrive(4);
    await practice.control.accept(kommoIdOf(older));
    await practice.control.mergeLeads({ leadId: kommoIdOf(gone), intoId: kommoIdOf(older) });
    const copy = await arriveAgain(twice);
    practice.control.setPoison({ marker: "яд", effect: "refused" });
    const refused = await save({ name: "яд" });
    await deliver();
    clock += DAY_MS;

    const planted = await prove();

    expect(planted.proof).toMatchObject({
      verdict: "different",
      counts: { entered: 5, withdrawn: 0, confirmed: 4, found: 3, trashed: 0 },
      differences: 3,
    });
    expect(planted.proof?.rows.map(({ kind, leadId, otherId }) => [kind, leadId, otherId])).toEqual(
      expect.arrayContaining([
        ["missing", gone, null],
        ["doubled", twice, copy],
        ["undecided", refused, null],
      ]),
    );

    practice.control.setPoison(null);
    const seen = { id: refused, state: "needs_fix", sentAt: NOON } as const;
    expect(await resendLeads([seen], author, db, clock)).toEqual([]);
    await deliver();
    await practice.control.decline(copy);
    const missing = planted.proof?.rows.find(({ kind }) => kind === "missing");
    await acceptDifference(missing?.id ?? "", author, db, clock);
    clock += HOUR_MS;
    const mended = await prove();

    expect(mended.proof).toMatchObject({
      verdict: "explained",
      counts: { entered: 5, confirmed: 5, found: 4 },
      rows: [{ kind: "missing", leadId: gone, accepted: { at: clock - HOUR_MS, by: "Анна" } }],
    });
  });

  test("a lead with an id of ours that the desk does not know, one kept back, and one that was merged are named", async () => {
    const [merged = ""] = await arrive(2);
    const strange = await arriveAgain(randomUUID());
    const kept = await save();
    await withdrawLead(kept, author, db, clock);
    const there = await arriveAgain(kept);
    const headers = { ...aLeadToSend({ createdAt: clock }) };
    await postItems(practice, [toIncomingLead(headers, { ...mapping, reference: null })]);
    const stranger = practice.incomingLeads()[0]?.leadId ?? 0;
    await practice.control.mergeLeads({ leadId: kommoIdOf(merged), intoId: stranger });
    clock += DAY_MS;

    const { proof } = await prove();

    expect(proof?.rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "unknown", leadId: null, kommoLeadId: strange, lead: null }),
        expect.objectContaining({ kind: "kept_back", leadId: kept, kommoLeadId: there }),
        expect.objectContaining({ kind: "moved", leadId: merged, kommoLeadId: stranger }),
      ]),
    );
    expect(proof).toMatchObject({
      counts: { entered: 3, withdrawn: 0, confirmed: 2, found: 2 },
      differences: 3,
    });
  });

  test("a day is one of the account's zone", async () => {
    clock = Date.parse("2026-11-26T20:59:59.999Z");
    await save();
    clock = Date.parse("2026-11-26T21:00:00.000Z");
    const first = await save();
    clock = Date.parse("2026-11-27T20:59:59.999Z");
    const last = await save();
    clock = Date.parse("2026-11-27T21:00:00.000Z");
    await save();
    clock += 12 * HOUR_MS;

    const { proof, today } = await prove();

    expect(today).toBe(TODAY);
    expect(proof?.rows.map(({ kind, leadId }) => [kind, leadId])).toEqual([
      ["waiting", first],
      ["waiting", last],
    ]);
  });

  test("a proof that Kommo interrupts is not finished, says why, and goes on after the portion that was saved", async () => {
    await saveMany(260);
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    failGets(12);

    await makeProof({ db, now, network });
    const interrupted = await getProofPage(YESTERDAY, db, clock);
    const isEarly = await hasProofToMake(db, clock + 14 * MINUTE_MS);
    practice.control.clearFaults();
    clock += 15 * MINUTE_MS;
    await makeProof({ db, now, network });
    const { proof } = await getProofPage(YESTERDAY, db, clock);

    expect(interrupted).toMatchObject({ proof: null, making: { compared: 250, problem: "busy" } });
    expect(isEarly).toBe(false);
    expect(proof).toMatchObject({ verdict: "different", counts: { entered: 260, confirmed: 260, found: 0 } });
    expect(proof?.differences).toBe(260);
  });

  test("a proof that died with its process is made by another one, once the first can no longer be alive", async () => {
    await saveMany(3);
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    await claimProof("the dead one", db, clock);

    const isTaken = await makeProof({ db, now, network });
    clock += 6 * MINUTE_MS;
    const isMade = await makeProof({ db, now, network });

    expect([isTaken, isMade]).toEqual([false, true]);
    expect((await getProofPage(YESTERDAY, db, clock)).proof?.counts.entered).toBe(3);
  });

  test("a process that has lost the right to another writes nothing more", async () => {
    await saveMany(3);
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    const frozen = await claimProof("frozen", db, clock);
    clock += 6 * MINUTE_MS;
    await makeProof({ db, now, network });
    const counts = { entered: 7, withdrawn: 0, confirmed: 0, found: 0, trashed: 0 };
    const late = frozen && savePortion(frozen, { cursor: "9", counts, differences: [] }, db, clock);

    await expect(late).rejects.toMatchObject({ code: "lease_lost" });
    expect((await getProofPage(YESTERDAY, db, clock)).proof?.counts.entered).toBe(3);
  });

  test("leads go first: nothing is read while one is due", async () => {
    await arrive(1);
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    await save();
    await takeLease({ holder: "a desk" }, db, clock);
    const asked = practice.journal.length;
    const making = makeProof({ db, now, network });
    await vi.waitUntil(
      async () => (await db.selectFrom("daily_proof_maker").select("holder").executeTakeFirst())?.holder,
    );
    await new Promise((resolve) => setImmediate(resolve));
    const meanwhile = practice.journal.length - asked;
    await deliver();
    const isMade = await making;

    expect([meanwhile, isMade]).toEqual([0, true]);
    expect((await getProofPage(YESTERDAY, db, clock)).proof).toMatchObject({ verdict: "equal" });
  });

  test("a day that has not begun, or is too long ago, cannot be asked for, and one day has one proof", async () => {
    await expect(askForProof("2026-11-28", db, clock)).rejects.toMatchObject({ code: "invalid" });
    await expect(askForProof("2025-01-01", db, clock)).rejects.toMatchObject({ code: "invalid" });
    await askForProof(YESTERDAY, db, clock);
    await askForProof(YESTERDAY, db, clock);
    await makeProof({ db, now, network });
    clock += HOUR_MS;
    await prove();

    expect(await db.selectFrom("daily_proofs").select("day").execute()).toEqual([{ day: YESTERDAY }]);
  });

  test("at night the last seven days are proven that have leads, and a day with a difference once more", async () => {
    await save();
    clock = Date.parse("2026-11-27T23:59:00Z");
    expect((await listDaysToProve(db, clock)).days).toEqual([]);
    clock = Date.parse("2026-11-28T00:00:00Z");

    await proveNightly(db, clock);
    while (await makeProof({ db, now, network })) clock += MINUTE_MS;
    const again = (await listDaysToProve(db, clock)).days;
    clock += DAY_MS;
    const next = (await listDaysToProve(db, clock)).days;

    expect((await getProofPage(YESTERDAY, db, clock)).proof).toMatchObject({ differences: 1 });
    expect(again).toEqual([]);
    expect(next).toEqual(["2026-11-28", YESTERDAY]);
  });

  test("an erased lead leaves the proof's numbers and no row, and old proofs are forgotten", async () => {
    const id = await save();
    clock += DAY_MS;
    await prove();

    await eraseLeads([id], author, db, clock, "a".repeat(32));
    const { proof } = await getProofPage(YESTERDAY, db, clock);
    await pruneProofs(db, clock + 399 * DAY_MS);
    const kept = await getProofPage(YESTERDAY, db, clock);
    await pruneProofs(db, clock + 401 * DAY_MS);

    expect(proof).toMatchObject({ verdict: "explained", differences: 1, left: 0, rows: [] });
    expect(kept.proof).not.toBeNull();
    expect((await getProofPage(YESTERDAY, db, clock)).proof).toBeNull();
  });

  test("the file has a line for each number and each difference, and the log says who has it", async () => {
    const id = await save({ name: "=1+1" });
    clock += DAY_MS;
    await prove();
    const words = {
      columns: Object.fromEntries(sheetColumns.map((name) => [name, name])) as never,
      counts: Object.fromEntries(sheetCounts.map((name) => [name, name])) as never,
      toKind: ({ kind }: { kind: string }) => kind,
      toMeaning: () => "a, b",
      toState: (state: string) => state,
    };

    const file = await startProofFile({ date: YESTERDAY, format: "csv" }, words, author, db, clock);
    const none = await startProofFile({ date: TODAY, format: "csv" }, words, author, db, clock);

    const [head, ...lines] = (await new Response(file).text()).trim().split("\r\n");
    expect(head?.replaceAll('"', "")).toBe(sheetColumns.join());
    expect(lines).toHaveLength(6);
    expect(lines[0]?.replaceAll('"', "")).toBe("entered,,1,,,,,,,");
    expect(lines.at(-1)).toContain(`"waiting","a, b",1,"'=1+1`);
    expect(lines.at(-1)).toContain(`"${id}",2026-11-27T12:00:00+03:00,"held"`);
    expect(none).toBeUndefined();
    expect(await readAudit(db)).toContainEqual(
      expect.objectContaining({ action: "proof_exported", person_id: author }),
    );
  });

  /** Confirmed leads that Kommo does not have. */
  async function saveMany(count: number): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => ({
      id: randomUUID(),
      author_id: author,
      state: "confirmed",
      due_at: 0,
      tries: 0,
      created_at: clock + index,
      confirmed_at: clock,
      kommo_lead_id: 900_000_000 + index,
    }));
    await db.insertInto("leads").values(rows).execute();
  }
  /** From the one after so many requests on, Kommo answers none. */
  function failGets(after: number): void {
    practice.control.failNext({ kind: "slow", ms: 0 }, after);
    practice.control.failNext({ kind: "503" }, 100);
  }
});
