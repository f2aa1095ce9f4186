import { describe, expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { getAttaching } from "@/lib/known-clients/queries";
import { FORM_ROLE } from "@/lib/people/schema";
import { databases } from "@/tests/support/databases";
import { addPerson } from "@/tests/support/people";

describe.each(databases)("a database of the version before on $name", ({ open }) => {
  test("knows of its leads which came through a website form, and adds none to a contact", async () => {
    const db = await open();
    await migrate(db, "0029-leads-by-sending");
    const [seller, form] = [await addPerson(db), await addPerson(db, { role: FORM_ROLE })];
    const row = { state: "held", due_at: 0, tries: 0, created_at: 1 };
    await db
      .insertInto("leads")
      .values([
        { ...row, id: "typed", author_id: seller },
        { ...row, id: "received", author_id: form },
      ])
      .execute();

    await migrate(db);

    const leads = await db.selectFrom("leads").selectAll().orderBy("id").execute();
    const nothing = { language: null, known: null, attach_id: null, attach_refused_at: null };
    expect(leads).toMatchObject([
      { id: "received", through: "website", contact_choice: null, ...nothing },
      { id: "typed", through: null, contact_choice: null, ...nothing },
    ]);
    expect(await getAttaching(db)).toEqual({ onAt: null, endedAt: null, endedWhy: null, trial: null });
    await db.destroy();
  });
});
