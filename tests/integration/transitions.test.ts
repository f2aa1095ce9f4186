import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
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
      .select(["state", "tries", "name", "kommo_lead_id"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  }
});
