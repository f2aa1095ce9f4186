import { describe, expect, test } from "vitest";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { migratedDatabases } from "@/tests/support/databases";
import { readLead } from "@/tests/support/leads";
import { beginVerification, MINUTE_MS, SETTLED_MS, toMapping } from "@/tests/support/verification";

describe.each(migratedDatabases)("a lead that was merged into a newer one of ours, on $name", ({ open }) => {
  const desk = beginVerification(open);
  const { save, round, copies } = desk;

  test.each([
    { isReferenced: true, laterMs: MINUTE_MS },
    { isReferenced: false, laterMs: MINUTE_MS },
    { isReferenced: true, laterMs: 20 * MINUTE_MS },
    { isReferenced: false, laterMs: 20 * MINUTE_MS },
  ])("before we look is for a person, and not sent again: %o", async ({ isReferenced, laterMs }) => {
    await (isReferenced ? desk.publishReferenced() : saveFirstMapping(toMapping(), desk.db));
    // One of ours stands there since long ago.
    await save({ phone: "+7 900 000-00-01" });
    await round();
    desk.pass(10 * MINUTE_MS);
    const lead = await save({ phone: "+7 900 000-00-02" });
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    // Until then Kommo does not answer any look.
    await desk.db
      .updateTable("leads")
      .set({ due_at: desk.now() + laterMs + SETTLED_MS })
      .where("id", "=", lead.id)
      .execute();
    desk.pass(laterMs);
    const newer = await save({ phone: "+7 900 000-00-02" });
    await round();
    desk.pass(MINUTE_MS / 2);
    await desk.practice.control.mergeLeads({
      leadId: copies(lead.id)[0]?.leadId ?? 0,
      intoId: copies(newer.id)[0]?.leadId ?? 0,
    });

    desk.pass(SETTLED_MS);
    await round();
    await round();

    expect(copies(lead.id)).toHaveLength(1);
    expect(await readLead(lead.id, desk.db)).toMatchObject({ state: "needs_admin" });
  });
});
