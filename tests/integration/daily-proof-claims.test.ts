import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sendTestLead } from "@/lib/account/send-test-lead";
import { makeProof } from "@/lib/daily-proof/make-proof";
import { claimProof, finishProof, noteProofProblem, savePortion } from "@/lib/daily-proof/making";
import { acceptDifference, askForProof, pruneProofs } from "@/lib/daily-proof/mutations";
import { listDaysToProve } from "@/lib/daily-proof/prove-nightly";
import { getProofPage, hasProofToMake } from "@/lib/daily-proof/queries";
import type { Db } from "@/lib/db/client";
import { NO_LEADS } from "@/lib/domain/daily-proof/compare-leads";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { eraseLeads, saveRetention } from "@/lib/privacy/mutations";
import { findQueueStop } from "@/lib/queue/halt";
import type { Practice } from "@/practice/server";
import { aLead, aLeadToSend } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { freeSlot } from "@/tests/support/slots";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Moscow";
const TODAY = "2026-11-28";
const YESTERDAY = "2026-11-27";
const NOON = Date.parse("2026-11-27T09:00:00Z");

let practice: Practice;
let clock: number;
let author: string;
let mapping: Mapping;
let db: Db;
let entered = 0;
const now = () => clock;

afterAll(() => vi.unstubAllEnvs());

async function setUp(): Promise<void> {
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
}
async function arrive(fields: Partial<Lead> = {}): Promise<string> {
  entered++;
  const lead = aLead({ surname: `Петров-${entered}`, phone: `+7900${1_000_000 + entered}`, ...fields });
  await createLead(lead, author, db, clock, RULES);
  await deliverRound(db, now);
  return lead.id;
}
function kommoIdOf(id: string): number {
  return practice.incomingLeads().find(({ requestId }) => requestId === id)?.leadId ?? 0;
}
/** The same lead once more, as a request that was held up would make it; both are accepted there. */
async function doubleInKommo(id: string): Promise<void> {
  const first = kommoIdOf(id);
  const copy = aLeadToSend({ id, createdAt: clock, page: `http://desk.test/leads/${id}` });
  await postItems(practice, [toIncomingLead(copy, mapping)]);
  const second = practice.incomingLeads()[0]?.leadId ?? 0;
  await practice.control.accept(first);
  await practice.control.accept(second);
}
async function prove(day = YESTERDAY, transport: Transport = send) {
  await askForProof(day, db, clock);
  await makeProof({ db, now, network: { takeSlot: freeSlot, transport } });
  return getProofPage(day, db, clock);
}
async function publish(changed: Partial<Mapping>, version = 2): Promise<void> {
  const body = JSON.stringify({ ...mapping, ...changed });
  await db.insertInto("mappings").values({ version, body, published_at: clock }).execute();
}

describe.each(migratedDatabases)("a proof on $name", ({ open }) => {
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(setUp);
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  test("of a day that is not over says so, and the night makes it anew", async () => {
    await arrive();
    const early = await prove();
    clock = Date.parse("2026-11-28T00:30:00Z");
    const due = (await listDaysToProve(db, clock)).days;
    const whole = await prove();

    expect(early.proof).toMatchObject({ verdict: "equal", isOfWholeDay: false });
    expect(due).toEqual([YESTERDAY]);
    expect(whole.proof).toMatchObject({ verdict: "equal", isOfWholeDay: true });
    expect((await listDaysToProve(db, clock)).days).toEqual([]);
  });

  test("reads nothing from another account than the one that the leads are in", async () => {
    await arrive();
    await db.updateTable("sender").set({ account_id: 1, account_mark: "former" }).execute();
    clock += DAY_MS;
    const asked = practice.journal.length;

    const { proof, making } = await prove();

    expect(proof).toBeNull();
    expect(making).toMatchObject({ problem: "other_account", compared: 0 });
    expect(practice.journal.slice(asked).map(({ path }) => path)).toEqual([
      expect.stringContaining("/account"),
    ]);
    expect(await findQueueStop(db)).toBeUndefined();
  });

  test("finds a second copy by the reference field that the lead was sent with, and says of which it has none", async () => {
    await doubleInKommo(await arrive());
    const fieldId = practice.control.addField({ entity: "leads", name: "Other", type: "text" });
    await publish({ reference: { entity: "leads", fieldId, type: "text" } });
    clock += DAY_MS;
    const changed = await prove();
    await publish({ reference: null }, 3);
    const gone = await prove();
    clock -= DAY_MS;
    await arrive();
    clock += DAY_MS;
    const some = await prove();
    await db.updateTable("leads").set({ mapping_version: 3 }).execute();
    const none = await prove();

    expect(changed.proof).toMatchObject({ verdict: "different", copies: "all", rows: [{ kind: "doubled" }] });
    expect([gone, some, none].map(({ proof }) => proof?.copies)).toEqual(["all", "partly", "incoming"]);
  });

  /** Kommo with this page of leads before its own, newest first. */
  function aPageBefore(leads: { id: number; created_at: number }[], asked: string[]): Transport {
    return async (url, message) => {
      if (!url.searchParams.has("order[id]")) return send(url, message);
      const page = Number(url.searchParams.get("page"));
      asked.push(String(page));
      if (page > 1) {
        url.searchParams.set("page", String(page - 1));
        return send(url, message);
      }
      const body = JSON.stringify({ _links: { next: { href: "/" } }, _embedded: { leads } });
      return Object.assign(Readable.from([Buffer.from(body)]), { statusCode: 200, headers: {} }) as never;
    };
  }

  test("reads past a page of backdated leads, and ends at the ids that Kommo had before the day", async () => {
    clock -= 3 * DAY_MS;
    const before = kommoIdOf(await arrive());
    clock += 3 * DAY_MS;
    await doubleInKommo(await arrive());
    clock += DAY_MS;
    const imported = Array.from({ length: 250 }, (_, index) => ({
      id: 90_000_000 - index,
      created_at: 1_600_000_000,
    }));
    const asked: string[] = [];

    const { proof } = await prove(YESTERDAY, aPageBefore(imported, asked));
    const [pages, older] = [asked.splice(0), { id: before - 1, created_at: clock / 1000 }];
    await prove(YESTERDAY, aPageBefore([older], asked));

    expect(proof).toMatchObject({ copies: "all", rows: [{ kind: "doubled" }] });
    expect([pages, asked]).toEqual([["1", "2"], ["1"]]);
  });

  test("is never equal once a doubled lead was erased", async () => {
    const id = await arrive();
    await doubleInKommo(id);
    clock += DAY_MS;
    const before = await prove();

    await eraseLeads([id], author, db, clock, "a".repeat(32));

    expect(before.proof).toMatchObject({
      verdict: "different",
      counts: { entered: 1, confirmed: 1, found: 1 },
    });
    expect((await getProofPage(YESTERDAY, db, clock)).proof?.verdict).toBe("explained");
  });

  test("does not take a test lead for one of a lost database", async () => {
    await arrive();
    await sendTestLead(mapping, author, db, now);
    clock += DAY_MS;

    expect((await prove()).proof).toMatchObject({ verdict: "equal", rows: [] });
  });

  test("keeps what a person has marked as OK, a doubled lead and a strange one, unless it is another copy", async () => {
    const id = await arrive();
    await doubleInKommo(id);
    const strange = aLeadToSend({ id: randomUUID(), createdAt: clock, phone: "+79005550001" });
    await postItems(practice, [toIncomingLead(strange, mapping)]);
    clock += DAY_MS;
    const open = await prove();
    for (const row of open.proof?.rows ?? []) await acceptDifference(row.id, author, db, clock);
    const again = await prove();
    await db.updateTable("daily_proof_rows").set({ other_id: 1 }).where("kind", "=", "doubled").execute();
    const other = await prove();

    const kinds = open.proof?.rows.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(["doubled", "unknown"]);
    expect(again.proof).toMatchObject({ verdict: "explained", open: 0, left: 2 });
    expect(other.proof).toMatchObject({ verdict: "different", open: 1 });
  });

  test("of a day whose leads the retention period has deleted is kept, and not made anew", async () => {
    await arrive();
    clock += DAY_MS;
    await prove();
    await saveRetention(30, author, db, clock);
    clock += 29 * DAY_MS;
    await askForProof("2026-11-28", db, clock);

    await expect(askForProof(YESTERDAY, db, clock)).rejects.toMatchObject({ code: "invalid" });
    expect(await getProofPage(YESTERDAY, db, clock)).toMatchObject({
      firstProvable: "2026-11-28",
      making: null,
      proof: { verdict: "equal" },
    });
  });

  test("that was asked for, and not finished before the retention period deletes leads of the day, is forgotten", async () => {
    await arrive();
    clock += DAY_MS;
    await prove();
    await saveRetention(30, author, db, clock);
    clock += 28 * DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    const making = await claimProof("slow", db, clock);
    if (!making) throw new Error("nothing to make");
    await pruneProofs(db, clock);
    const before = await getProofPage(YESTERDAY, db, clock);
    clock += DAY_MS;
    await db
      .updateTable("daily_proof_maker")
      .set({ lease_ends: clock + HOUR_MS })
      .execute();
    await pruneProofs(db, clock);
    await noteProofProblem(making, "busy", db, clock);
    await finishProof(making, { unknown: [], copies: "all" }, db, clock);

    expect(before.making).not.toBeNull();
    expect(await getProofPage(YESTERDAY, db, clock)).toMatchObject({
      making: null,
      proof: { verdict: "equal", counts: { entered: 1 } },
    });
  });

  test("that fails is tried again after longer and longer, and given up after three days until somebody asks", async () => {
    await arrive();
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    const making = await claimProof("one", db, clock);
    if (!making) throw new Error("nothing to make");
    await db.updateTable("daily_proof_maker").set({ holder: null }).execute();
    const pauses: number[] = [];
    while (await hasProofToMake(db, clock)) {
      await noteProofProblem(making, "busy", db, clock);
      const { try_at } = await db.selectFrom("daily_proofs").select("try_at").executeTakeFirstOrThrow();
      pauses.push((try_at - clock) / MINUTE_MS);
      clock = try_at;
    }
    const givenUp = (await getProofPage(YESTERDAY, db, clock)).making;
    const { proof } = await prove();

    expect(pauses).toEqual([15, 30, 60, 120, 240, ...Array(11).fill(360)]);
    expect(givenUp).toMatchObject({ problem: "busy", tryAt: null });
    expect(proof?.verdict).toBe("equal");
  });

  test("of a long day goes on after the last portion, also past the hour", async () => {
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    const making = await claimProof("one", db, clock);
    clock += 61 * MINUTE_MS;
    if (making) await savePortion(making, { cursor: "9_a", counts: NO_LEADS, differences: [] }, db, clock);
    clock += 6 * MINUTE_MS;
    const soon = await claimProof("two", db, clock);
    clock += 61 * MINUTE_MS;
    const late = await claimProof("three", db, clock);

    expect([soon?.cursor, late?.cursor]).toEqual(["9_a", null]);
  });

  test("is made although the clock was set back under a maker that is gone", async () => {
    clock += DAY_MS;
    await askForProof(YESTERDAY, db, clock);
    await claimProof("gone", db, clock + 10 * HOUR_MS);

    expect(await hasProofToMake(db, clock)).toBe(true);
    expect(await claimProof("another", db, clock)).toBeDefined();
  });

  test("begins where the day before has ended, when Kommo's zone was changed", async () => {
    clock += DAY_MS;
    await prove();
    await publish({ timeZone: "Europe/London" });
    clock = Date.parse("2026-11-27T22:00:00Z");
    await arrive();
    clock += 2 * DAY_MS;
    const former = await prove();
    const next = await prove(TODAY);

    expect(former.proof).toMatchObject({ zone: ZONE, counts: { entered: 0 } });
    expect(next.proof).toMatchObject({ zone: "Europe/London", counts: { entered: 1 } });
  });
});
