import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { handBackLeads, resendLeads, settleLead } from "@/lib/delivery/mutations";
import { getDelivery } from "@/lib/delivery/queries";
import { recordDecisions } from "@/lib/delivery/record";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { findQueueStop, haltQueue } from "@/lib/queue/halt";
import { pauseSending, probeNow, resumeSending } from "@/lib/queue/mutations";
import { getMetricsText } from "@/lib/worker/queries";
import { aCount } from "@/tests/simulation/copy-desk";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverRound } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const SENT = NOW - 60_000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the delivery on $name", ({ open }) => {
  let db: Db;
  let anna: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    anna = await insertSeller(db, "Анна");
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const saveIn = async (state: string, problem: string | null = null) => {
    const lead = aLead();
    await createLead(lead, anna, db, NOW, RULES);
    await db.updateTable("leads").set({ state, problem, sent_at: SENT }).where("id", "=", lead.id).execute();
    return lead.id;
  };
  const toSeen = (id: string, state: "needs_fix" | "needs_admin" = "needs_admin") => ({
    id,
    state,
    sentAt: SENT,
  });
  const readState = async (id: string) =>
    (await db.selectFrom("leads").select("state").where("id", "=", id).executeTakeFirstOrThrow()).state;
  const listAudit = () =>
    db.selectFrom("audit").select(["person_id", "action", "lead_id", "detail"]).execute();

  test("counts the leads by state and knows the oldest that waits", async () => {
    const oldest = await saveIn("queued");
    await saveIn("confirmed");
    await saveIn("needs_admin", "unclear");

    expect(await getDelivery(db, NOW)).toMatchObject({
      counts: { queued: 1, confirmed: 1, needs_admin: 1 },
      oldestWaiting: { id: oldest, createdAt: NOW },
      requestsLastMinute: 0,
      queueStop: null,
      stuck: [{ title: "Иван", author: "Анна", state: "needs_admin", problem: "unclear" }],
    });
  });

  test("rests while a person has paused it, and says who", async () => {
    await saveIn("queued");

    await pauseSending(anna, db, NOW);
    expect(await deliverRound(db, () => NOW)).toBe(false);
    expect((await getDelivery(db, NOW)).queueStop).toEqual({ kind: "paused", since: NOW, by: "Анна" });
    await resumeSending(anna, db, NOW);

    expect(await findQueueStop(db)).toBeUndefined();
    expect((await listAudit()).map(({ action }) => action).sort()).toEqual([
      "delivery_paused",
      "delivery_resumed",
    ]);
  });

  test("tries the connection at once when an admin asks", async () => {
    await haltQueue("token_refused", db, NOW);

    await probeNow(anna, db, NOW);

    expect(await findQueueStop(db)).toMatchObject({ kind: "halted", probeAt: NOW });
  });

  test("sends again what waits for a person", async () => {
    const [fix, admin] = [await saveIn("needs_fix", "refused"), await saveIn("needs_admin", "unclear")];

    await resendLeads([toSeen(fix, "needs_fix"), toSeen(admin)], anna, db, NOW);

    expect(await Promise.all([fix, admin].map(readState))).toEqual(["queued", "queued"]);
    const audit = await listAudit();
    expect(audit.map(({ lead_id }) => lead_id).sort()).toEqual([fix, admin].sort());
    expect(audit).toMatchObject(Array(2).fill({ person_id: anna, action: "lead_resent" }));
  });

  test("hands a lead back to its author only where it is surely not in Kommo", async () => {
    const broken = await saveIn("needs_admin", "mapping_broken");
    const unsure = await Promise.all(
      ["unclear", "merged", "unsendable"].map((problem) => saveIn("needs_admin", problem)),
    );

    const unchanged = await handBackLeads(
      [broken, ...unsure].map((id) => toSeen(id)),
      anna,
      db,
      NOW,
    );

    expect(unchanged).toEqual(unsure.map((id) => ({ id, reason: "changed_meanwhile" })));
    expect(await readState(broken)).toBe("needs_fix");
    expect(await Promise.all(unsure.map(readState))).toEqual(Array(3).fill("needs_admin"));
    expect(await listAudit()).toMatchObject([
      { action: "lead_handed_back", person_id: anna, lead_id: broken },
    ]);
    await correctLead(aLead({ id: broken, name: "Пётр" }), anna, db, NOW, RULES);
    expect(await readState(broken)).toBe("held");
  });

  test.each([
    ["was confirmed", { state: "confirmed" }],
    ["is on its way again", { state: "checking" }],
    ["has another problem", { state: "needs_fix" }],
    ["was sent once more, and is in doubt again", { sent_at: NOW }],
  ])("a stale page changes nothing of a lead that %s meanwhile", async (_, meanwhile) => {
    const [stale, other] = [await saveIn("needs_admin", "unclear"), await saveIn("needs_admin", "unclear")];
    await db.updateTable("leads").set(meanwhile).where("id", "=", stale).execute();
    const before = await readState(stale);

    expect(await resendLeads([toSeen(stale), toSeen(other)], anna, db, NOW)).toEqual([
      { id: stale, reason: "changed_meanwhile" },
    ]);
    await expect(settleLead({ ...toSeen(stale), kommoLeadId: 7 }, anna, db, NOW)).rejects.toMatchObject({
      code: "changed_meanwhile",
    });

    expect(await Promise.all([stale, other].map(readState))).toEqual([before, "queued"]);
    expect(await listAudit()).toMatchObject([{ action: "lead_resent", lead_id: other }]);
  });

  test("takes a person's word that a lead is in Kommo, for one lead only", async () => {
    const [first, second] = [await saveIn("needs_admin", "unclear"), await saveIn("needs_admin", "unclear")];

    await settleLead({ ...toSeen(first), kommoLeadId: 7 }, anna, db, NOW);

    expect(await readState(first)).toBe("confirmed");
    await expect(settleLead({ ...toSeen(second), kommoLeadId: 7 }, anna, db, NOW)).rejects.toMatchObject({
      code: "invalid",
      fields: { kommoLeadId: "id_taken" },
    });
    expect(await listAudit()).toEqual([
      { person_id: anna, action: "lead_settled", lead_id: first, detail: '{"kommoLeadId":7}' },
    ]);
  });

  test("takes no word that a lead is the second copy of another", async () => {
    const [doubled, waiting] = [await saveIn("confirmed"), await saveIn("needs_admin", "unclear")];
    await db.updateTable("leads").set({ kommo_lead_id: 7, twin_id: 8 }).where("id", "=", doubled).execute();

    await expect(settleLead({ ...toSeen(waiting), kommoLeadId: 8 }, anna, db, NOW)).rejects.toMatchObject({
      fields: { kommoLeadId: "id_taken" },
    });
    expect(await readState(waiting)).toBe("needs_admin");
  });

  test("takes one of two words of the same moment that different leads are the same one of Kommo", async () => {
    for (let kommoLeadId = 1; kommoLeadId <= 10; kommoLeadId++) {
      const ids = [await saveIn("needs_admin", "unclear"), await saveIn("needs_admin", "unclear")];

      const settled = await Promise.allSettled(
        ids.map((id) => settleLead({ ...toSeen(id), kommoLeadId }, anna, db, NOW)),
      );

      expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const refusal = settled.find(({ status }) => status === "rejected");
      expect(refusal).toMatchObject({ reason: { fields: { kommoLeadId: "id_taken" } } });
    }
  });

  test("takes a person's word or the desk's own match where both name the same lead of Kommo at that moment", async () => {
    for (let kommoLeadId = 1; kommoLeadId <= 10; kommoLeadId++) {
      const [settled, matched] = [
        await saveIn("needs_admin", "unclear"),
        await saveIn("checking", "unclear"),
      ];
      const arrival = { uid: null, leadId: kommoLeadId, contactId: null, isMatched: true } as const;
      const decisions = new Map([[matched, { move: "confirm", arrival } as const]]);

      await Promise.allSettled([
        settleLead({ ...toSeen(settled), kommoLeadId }, anna, db, NOW),
        recordDecisions({ leads: [], decisions }, await aDuty(db, () => NOW)),
      ]);

      const states = [await readState(settled), await readState(matched)];
      expect(states.filter((state) => state === "confirmed")).toHaveLength(1);
    }
  });

  test.each([
    ["another epoch since", { epoch: 999 }],
    ["forgotten what was sent", { sendings: { ...aCount(), isBehind: () => true } }],
  ])("takes no match of a look whose database has %s, and Kommo's own word all the same", async (_, than) => {
    const id = await saveIn("checking", "unclear");
    const arrival = { uid: null, leadId: 7, contactId: null };
    const duty = await aDuty(db, () => NOW, than);
    const record = (more: { isMatched?: true }) =>
      recordDecisions(
        { leads: [], decisions: new Map([[id, { move: "confirm", arrival: { ...arrival, ...more } }]]) },
        duty,
      );

    await record({ isMatched: true });
    expect(await readState(id)).toBe("checking");
    await record({});
    expect(await readState(id)).toBe("confirmed");
  });

  test("takes the same word for two leads that Kommo merged", async () => {
    const [older, merged] = [await saveIn("needs_admin", "unclear"), await saveIn("needs_admin", "merged")];

    await settleLead({ ...toSeen(older), kommoLeadId: 7 }, anna, db, NOW);
    await settleLead({ ...toSeen(merged), kommoLeadId: 7 }, anna, db, NOW);

    expect(await readState(merged)).toBe("confirmed");
  });

  test("is told to Prometheus in figures alone", async () => {
    await saveIn("queued");

    const text = await getMetricsText(db, NOW + 60_000);

    expect(text).toContain('lead_desk_leads{state="queued"} 1');
    expect(text).toContain("lead_desk_oldest_unsent_seconds 60");
    expect(text).toContain("lead_desk_kommo_requests_last_minute 0");
    expect(text).not.toContain("Иван");
  });
});
