import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { writeAudit } from "@/lib/audit/mutations";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import { findDuplicates } from "@/lib/duplicates/queries";
import { toNewRow, toRow } from "@/lib/leads/lead-row";
import { correctLead, createLead, pauseHold, resumeHold, sendNow, withdrawLead } from "@/lib/leads/mutations";
import { findLeadToCorrect } from "@/lib/leads/queries";
import { saveNew } from "@/lib/leads/transitions";
import { eraseLeads } from "@/lib/privacy/mutations";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { addPerson, insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";
import { untilWaitedFor } from "@/tests/support/until-waited-for";

const NOW = 1_763_719_200_000;
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };
const REFUSED = JSON.stringify([
  { field: "education", code: "NotSupportedChoice", path: "custom_fields_values.0.values.0.value" },
]);

describe.each(migratedDatabases)("a lead that has not left, on $name", ({ open }) => {
  const lead = aLead({ phone: "8 900 123-45-67", surname: "Петров" });
  let db: Db;
  let anna: string;
  let boris: string;

  beforeAll(async () => {
    stubSettings("http://127.0.0.1:9");
    db = await open();
  });
  beforeEach(async () => {
    anna = await insertSeller(db, "Анна");
    boris = await insertSeller(db, "Борис");
    await createLead(lead, anna, db, NOW, RULES);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const read = () =>
    db
      .selectFrom("leads")
      .select(["state", "due_at", "surname", "problem", "problem_detail", "tries", "phone_raw", "anyway"])
      .executeTakeFirstOrThrow();
  const listAudit = async () =>
    (await db.selectFrom("audit").select(["action", "person_id", "lead_id"]).orderBy("at").execute()).map(
      ({ action, person_id, lead_id }) => `${action} ${person_id === anna} ${lead_id === lead.id}`,
    );
  const setState = (state: string) => db.updateTable("leads").set({ state }).execute();

  test("a correction keeps the id, rests anew and is written down", async () => {
    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW + 5000, RULES);

    expect(await read()).toMatchObject({ state: "held", surname: "Сидоров", due_at: NOW + 15_000 });
    expect(await listAudit()).toEqual(["lead_edited true true"]);
  });

  test("the same correction twice is written down once", async () => {
    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW, RULES);
    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW + 1, RULES);

    expect(await listAudit()).toHaveLength(1);
  });

  test("a refused lead that is put right starts again as the same lead", async () => {
    await db
      .updateTable("leads")
      .set({ state: "needs_fix", problem: "refused", problem_detail: REFUSED, tries: 3, due_at: 0 })
      .execute();

    await correctLead({ ...lead, education: "Магистр" }, anna, db, NOW, RULES);

    expect(await read()).toMatchObject({
      state: "held",
      due_at: NOW + 10_000,
      problem: null,
      problem_detail: null,
      tries: 0,
    });
    expect(await listAudit()).toEqual(["lead_fixed true true"]);
  });

  test("a refused lead of somebody who was disabled is put right by a head, and the log says so", async () => {
    const head = await addPerson(db, { role: "head" });
    const refused = { state: "needs_fix", problem: "refused", problem_detail: REFUSED };
    await db.updateTable("leads").set(refused).execute();
    const correct = (personId: string) =>
      correctLead({ ...lead, education: "Магистр" }, personId, db, NOW, RULES);

    await expect(correct(head)).rejects.toMatchObject({ code: "not_found" });
    expect(await findLeadToCorrect(lead.id, head, db)).toBeUndefined();
    expect(await readLead(lead.id, db)).toMatchObject({ isOfHeads: false });
    await db.updateTable("people").set({ disabled_at: NOW }).where("id", "=", anna).execute();
    await expect(correct(boris)).rejects.toMatchObject({ code: "not_found" });
    expect(await findLeadToCorrect(lead.id, boris, db)).toBeUndefined();

    expect(await readLead(lead.id, db)).toMatchObject({ isOfHeads: true });
    expect(await findLeadToCorrect(lead.id, head, db)).toMatchObject({ id: lead.id, wrong: ["education"] });
    await correct(head);
    expect(await readLead(lead.id, db)).toMatchObject({ state: "held", authorId: anna });
    const audit = await db.selectFrom("audit").select(["action", "person_id", "lead_id"]).execute();
    expect(audit).toEqual([{ action: "lead_fixed", person_id: head, lead_id: lead.id }]);
  });

  test("a withdrawn lead can be taken up again", async () => {
    await withdrawLead(lead.id, anna, db, NOW);
    await correctLead(lead, anna, db, NOW + 1, RULES);

    expect((await read()).state).toBe("held");
    expect(await listAudit()).toEqual(["lead_withdrawn true true", "lead_edited true true"]);
  });

  test("what was withdrawn after it was opened stays withdrawn, however late the correction comes", async () => {
    const opened = { state: "held", at: NOW } as const;
    await withdrawLead(lead.id, anna, db, NOW + 1);

    for (const words of [{}, { surname: "Сидоров" }]) {
      const late = correctLead({ ...lead, ...words, opened }, anna, db, NOW + 3_600_000, RULES);
      await expect(late).rejects.toMatchObject({ code: "changed_meanwhile" });
    }
    expect(await read()).toMatchObject({ state: "withdrawn", surname: lead.surname });

    await correctLead({ ...lead, opened: { state: "withdrawn", at: NOW + 2 } }, anna, db, NOW + 3, RULES);
    expect((await read()).state).toBe("held");
  });

  test("what somebody else corrected after it was opened keeps their words, and one's own are replaced", async () => {
    const correct = (surname: string, at: number) =>
      correctLead({ ...lead, surname, opened: { state: "held", at } }, anna, db, NOW + 9000, RULES);
    await correct("Сидоров", NOW);
    await writeAudit({ person_id: boris, action: "lead_edited", lead_id: lead.id }, db, NOW + 5000);

    await expect(correct("Кузнецов", NOW)).rejects.toMatchObject({ code: "changed_meanwhile" });
    await correct("Сидоров", NOW);
    expect((await read()).surname).toBe("Сидоров");
    await correct("Кузнецов", NOW + 5000);
    expect((await read()).surname).toBe("Кузнецов");
  });

  test("another contact of Kommo is a change as any other", async () => {
    await setState("confirmed");
    await correctLead(lead, anna, db, NOW, RULES);
    await expect(correctLead({ ...lead, contact: 7 }, anna, db, NOW, RULES)).rejects.toMatchObject({
      code: "already_left",
    });
  });

  test.each(["queued", "sending", "checking", "confirmed", "needs_admin"])(
    "nothing changes a lead that is %s",
    async (state) => {
      await setState(state);

      const late = { code: "already_left" };
      await expect(correctLead({ ...lead, name: "Пётр" }, anna, db, NOW, RULES)).rejects.toMatchObject(late);
      await expect(withdrawLead(lead.id, anna, db, NOW)).rejects.toMatchObject(late);
      await expect(pauseHold(lead.id, anna, db, NOW)).rejects.toMatchObject(late);
      await sendNow(lead.id, anna, db, NOW);

      expect(await read()).toMatchObject({ state, due_at: NOW + 10_000 });
      expect(await listAudit()).toEqual([]);
    },
  );

  test("a correction that was saved unseen and has left since is no failure", async () => {
    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW, RULES);
    await setState("sending");

    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW, RULES);

    expect(await read()).toMatchObject({ state: "sending", due_at: NOW + 10_000 });
  });

  test("a withdrawn lead never leaves, and withdrawing twice is once", async () => {
    await withdrawLead(lead.id, anna, db, NOW);
    await withdrawLead(lead.id, anna, db, NOW);

    expect(await claimBatch(await aDuty(db, () => NOW + 60_000))).toEqual([]);
    await expect(sendNow(lead.id, anna, db, NOW)).rejects.toMatchObject({ code: "already_left" });
    expect(await listAudit()).toEqual(["lead_withdrawn true true"]);
  });

  describe("withdrawn before it was here", () => {
    const late = aLead();
    const listIds = async () => (await db.selectFrom("leads").select("id").execute()).map(({ id }) => id);
    const withdraw = () => withdrawLead(late.id, anna, db, NOW);

    test("is refused when its request arrives afterwards, so that nothing is lost in silence", async () => {
      for (const _ of [1, 2]) await expect(withdraw()).rejects.toMatchObject({ code: "not_found" });

      const arrival = createLead(late, anna, db, NOW + 1, RULES);

      await expect(arrival).rejects.toMatchObject({ code: "changed_meanwhile" });
      expect(await listIds()).toEqual([lead.id]);
    });

    test("is either saved and withdrawn or refused when both come at the same moment", async () => {
      const [arrival, withdrawal] = await Promise.allSettled([
        createLead(late, anna, db, NOW, RULES),
        withdraw(),
      ]);

      expect(arrival.status).toBe(withdrawal.status);
      const saved = await db.selectFrom("leads").select("state").where("id", "=", late.id).execute();
      expect(saved).toEqual(arrival.status === "fulfilled" ? [{ state: "withdrawn" }] : []);
    });

    test("is withdrawn when it is being saved at this moment", async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const arrival = db.transaction().execute(async (tx) => {
        const row = { ...toNewRow(toRow(late, "RU"), anna, NOW), due_at: NOW + 10_000 };
        await saveNew([row], "held", tx);
        resolve();
        await untilWaitedFor(tx);
      });
      await promise;

      await withdraw();

      await arrival;
      const { state } = await readLead(late.id, db);
      expect(state).toBe("withdrawn");
    });

    test("and said to be too late once it was deleted", async () => {
      await eraseLeads([lead.id], anna, db, NOW);

      await expect(withdrawLead(lead.id, anna, db, NOW)).rejects.toMatchObject({ code: "already_left" });
    });
  });

  test("send now ends the rest", async () => {
    await sendNow(lead.id, anna, db, NOW + 1);

    expect(await claimBatch(await aDuty(db, () => NOW + 2))).toHaveLength(1);
    expect(await listAudit()).toEqual(["lead_sent_now true true"]);
  });

  test("a lead in correction does not leave, and rests anew when it is given up", async () => {
    await pauseHold(lead.id, anna, db, NOW);
    expect(await claimBatch(await aDuty(db, () => NOW + 60_000))).toEqual([]);

    await resumeHold(lead.id, anna, db, NOW + 60_000, RULES);
    expect(await claimBatch(await aDuty(db, () => NOW + 71_000))).toHaveLength(1);
  });

  test("of a withdrawal and a sender, one wins", async () => {
    const [withdrawal, claimed] = await Promise.allSettled([
      withdrawLead(lead.id, anna, db, NOW),
      claimBatch(await aDuty(db, () => NOW + 60_000)),
    ]);

    const isClaimed = claimed.status === "fulfilled" && claimed.value.length === 1;
    expect(isClaimed).toBe(withdrawal.status === "rejected");
    expect((await read()).state).toBe(isClaimed ? "sending" : "withdrawn");
  });

  test("nobody touches a colleague's lead", async () => {
    const missing = { code: "not_found" };
    await expect(correctLead({ ...lead, name: "Пётр" }, boris, db, NOW, RULES)).rejects.toMatchObject(
      missing,
    );
    await expect(withdrawLead(lead.id, boris, db, NOW)).rejects.toMatchObject(missing);
    await expect(sendNow(lead.id, boris, db, NOW)).rejects.toMatchObject(missing);
    await expect(pauseHold(lead.id, boris, db, NOW)).rejects.toMatchObject(missing);
    expect(await findLeadToCorrect(lead.id, boris, db)).toBeUndefined();
  });

  test("a lead goes back into the form as it was typed, with what was refused", async () => {
    await db.updateTable("leads").set({ state: "needs_fix", problem_detail: REFUSED }).execute();

    expect(await findLeadToCorrect(lead.id, anna, db)).toMatchObject({
      id: lead.id,
      state: "needs_fix",
      values: { phone: "8 900 123-45-67", surname: "Петров", education: "" },
      wrong: ["education"],
    });
    await setState("confirmed");
    expect(await findLeadToCorrect(lead.id, anna, db)).toBeUndefined();
  });

  test("the phone as it was typed and the reason for a second lead are kept", async () => {
    const typed = { phone: "+7 900 123 45 67", phone_raw: "8900 1234567", anyway: "other_person" as const };
    await correctLead({ ...lead, ...typed }, anna, db, NOW, RULES);

    expect(await read()).toMatchObject({ phone_raw: "8900 1234567", anyway: "other_person" });
  });

  test("a corrected lead is found by its new words, and no longer by the old ones", async () => {
    await correctLead({ ...lead, phone: "+7 911 222-33-44" }, anna, db, NOW, RULES);

    const user = { id: anna, email: "anna@example.com", name: "Анна", role: "seller" as const };
    const typed = { phone: "", telegram: "", email: "", name: "", surname: "" };
    const byNew = await findDuplicates({ ...typed, phone: "8 911 222 33 44" }, user, db, NOW, "RU");
    const byOld = await findDuplicates({ ...typed, phone: lead.phone }, user, db, NOW, "RU");
    expect([byNew.matches.length, byOld.matches.length]).toEqual([1, 0]);
  });

  test("a Telegram link that holds a phone is the phone where there is none", async () => {
    await correctLead({ ...lead, phone: "", telegram: "t.me/+79001234567" }, anna, db, NOW, RULES);

    const saved = await db.selectFrom("leads").select(["phone", "telegram"]).executeTakeFirstOrThrow();
    expect(saved).toEqual({ phone: "+79001234567", telegram: null });
  });
});
