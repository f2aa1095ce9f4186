import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { settleLead } from "@/lib/delivery/mutations";
import { type LeadState, leadStates, type Transition, transitions } from "@/lib/domain/lead/states";
import { confirmLeads, moveLeads, saveHeld } from "@/lib/leads/transitions";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";

const AUTHOR = "author";
const names = Object.keys(transitions) as Transition[];
const table = names.flatMap((name) => leadStates.map((state) => ({ name, state })));

describe.each(migratedDatabases)("the transitions of a lead on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
    await emptyTables(db);
    const person = { id: AUTHOR, email: "a@desk.test", name: "Ann", role: "seller", password_hash: "" };
    await db
      .insertInto("people")
      .values({ ...person, created_at: 1 })
      .execute();
  });
  afterAll(() => db.destroy());

  test.each(table)("$name starts from $state only where the table says so", async ({ name, state }) => {
    const id = await makeLead(state);
    const { from, to } = transitions[name];
    const isAllowed = (from as readonly LeadState[]).includes(state);

    const moved = await moveLeads(name, { tries: 7 }, db).where("id", "=", id).executeTakeFirstOrThrow();

    expect(moved.numUpdatedRows).toBe(isAllowed ? 1n : 0n);
    expect(await read(id)).toMatchObject(isAllowed ? { state: to, tries: 7 } : { state, tries: 0 });
  });

  test.each(leadStates)(
    "ids of Kommo confirm a lead that is %s, and leave a confirmed one as it is",
    async (state) => {
      const id = await makeLead(state);

      await confirmLeads([{ id, uid: "u", leadId: 77, contactId: null }], 5, db);

      const expected = state === "confirmed" ? null : 77;
      expect(await read(id)).toMatchObject({ state: "confirmed", kommo_lead_id: expected });
    },
  );

  test.each([
    { whose: "another's", column: "kommo_lead_id" },
    { whose: "another's second copy", column: "twin_id" },
  ])("a match confirms no lead with an id that is $whose, and Kommo's own word does", async ({ column }) => {
    const [other, id] = [await makeLead("confirmed"), await makeLead("checking")];
    await db
      .updateTable("leads")
      .set({ [column]: 78 })
      .where("id", "=", other)
      .execute();
    const arrival = { id, uid: "u", leadId: 78, contactId: null };

    await confirmLeads([{ ...arrival, isMatched: true }], 5, db);
    expect(await read(id)).toMatchObject({ state: "checking", kommo_lead_id: null });
    await confirmLeads([arrival], 5, db);
    expect(await read(id)).toMatchObject({ state: "confirmed", kommo_lead_id: 78 });
    await db.deleteFrom("leads").execute();
  });

  describe("Kommo's own word that an id is a lead's", () => {
    const LEAD_ID = 79;
    const word = (id: string) => ({ id, uid: "u", leadId: LEAD_ID, contactId: null });
    const guess = (id: string) => ({ ...word(id), uid: null, isMatched: true as const });
    const twin = (id: string) => ({ ...word(id), leadId: LEAD_ID - 1, twinId: LEAD_ID });
    afterEach(() => db.deleteFrom("leads").execute());

    test.each([
      ["by contact and name", word, (id: string) => confirmLeads([guess(id)], 5, db)],
      ["by contact and name, as a second copy", twin, (id: string) => confirmLeads([guess(id)], 5, db)],
      [
        "by a person",
        word,
        (id: string) => settleLead({ ...waiting(id), kommoLeadId: LEAD_ID }, AUTHOR, db, 5),
      ],
    ])("takes it from who has it %s, which is for a person then", async (_, named, give) => {
      const [mistaken, owner] = [await makeLead("needs_admin"), await makeLead("checking")];
      await give(mistaken);
      expect(await read(mistaken)).toMatchObject({ state: "confirmed", kommo_lead_id: LEAD_ID });
      await db.updateTable("leads").set({ outcome: "won" }).where("id", "=", mistaken).execute();

      await confirmLeads([named(owner)], 6, db);

      expect(await read(owner)).toMatchObject({ state: "confirmed", kommo_lead_id: named(owner).leadId });
      expect(await read(mistaken)).toMatchObject({
        ...{ state: "needs_admin", problem: "mistaken", outcome: null },
        ...{ kommo_lead_id: null, confirmed_at: null },
      });
    });

    test("leaves it to who has it by Kommo's word, too: the two are one there", async () => {
      const [first, second] = [await makeLead("checking"), await makeLead("checking")];
      await confirmLeads([word(first)], 5, db);

      await confirmLeads([word(second)], 6, db);

      expect(await read(first)).toMatchObject({ kommo_lead_id: LEAD_ID, merged_at: null });
      expect(await read(second)).toMatchObject({ kommo_lead_id: LEAD_ID, merged_at: 6 });
    });

    test("leaves it to who has it by a person that says that the two were merged", async () => {
      const [mistaken, owner] = [await makeLead("needs_admin"), await makeLead("checking")];
      const settle = () => settleLead({ ...waiting(mistaken), kommoLeadId: LEAD_ID }, AUTHOR, db, 7);
      await settle();
      await confirmLeads([word(owner)], 6, db);

      await settle();
      await confirmLeads([word(owner)], 8, db);

      expect(await read(owner)).toMatchObject({ state: "confirmed", kommo_lead_id: LEAD_ID });
      expect(await read(mistaken)).toMatchObject({
        ...{ state: "confirmed", kommo_lead_id: LEAD_ID, merged_at: 7 },
      });
    });
  });

  const waiting = (id: string) => ({ id, state: "needs_admin" as const, sentAt: null });

  test.each(leadStates)(
    "the same id with other words changes a lead only while it is held: %s",
    async (state) => {
      const id = await makeLead(state);
      const lead = { id, author_id: AUTHOR, name: "Boris", due_at: 9, tries: 0, created_at: 9 };

      await saveHeld(lead, { name: "Boris" }, db).execute();

      expect(await read(id)).toMatchObject({ state, name: state === "held" ? "Boris" : "Anna" });
    },
  );

  async function makeLead(state: LeadState): Promise<string> {
    const id = randomUUID();
    const row = { id, author_id: AUTHOR, name: "Anna", due_at: 1, tries: 0, created_at: 1 };
    await db
      .insertInto("leads")
      .values({ ...row, state })
      .execute();
    return id;
  }

  function read(id: string) {
    return db
      .selectFrom("leads")
      .select(["state", "problem", "tries", "name", "kommo_lead_id", "confirmed_at", "outcome", "merged_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  }
});
