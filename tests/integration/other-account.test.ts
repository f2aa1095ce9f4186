import { beforeEach, describe, expect, test } from "vitest";
import { requireBoundConnection } from "@/lib/account/bind-account";
import { findAccountContacts } from "@/lib/account/queries";
import { settleFound } from "@/lib/delivery/settle-found";
import { lookUpForLeads } from "@/lib/known-clients/look-up-next";
import { listFound } from "@/lib/known-clients/queries";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { beginVerification, toMapping } from "@/tests/support/verification";

const PHONE = "+79001234567";

/** By mistake the settings are another account's now: nothing leaves, and people go on working. */
describe.each(migratedDatabases)("a token of another account than our leads are in, on $name", ({ open }) => {
  const desk = beginVerification(open);
  const { now, save, round } = desk;
  let accepted: number;

  beforeEach(async () => {
    await saveFirstMapping(toMapping(), desk.db);
    await save();
    await round();
    accepted = desk.practice.incomingLeads()[0]?.leadId ?? 0;
    await desk.practice.control.accept(accepted);
    await desk.db.updateTable("leads").set({ kommo_lead_id: 1 }).execute();
    await desk.db.updateTable("sender").set({ account_id: 1, account_mark: "of before" }).execute();
  });
  test("does not say that a lead is there", async () => {
    const lead = await save();
    await desk.db
      .updateTable("leads")
      .set({ state: "needs_admin", problem: "unclear", sent_at: now() })
      .where("id", "=", lead.id)
      .execute();

    const seen = { id: lead.id, state: "needs_admin" as const, sentAt: now(), kommoLeadId: accepted };
    await settleFound([seen], desk.author, desk.db, now).catch(() => undefined);

    expect(await readLead(lead.id, desk.db)).toMatchObject({ state: "needs_admin" });
  });

  test("shows its contacts to nobody who types, nor those that were asked for before", async () => {
    const user = { id: desk.author, role: "seller" } as never;
    const ask = () => findAccountContacts(PHONE, user, new AbortController().signal, desk.db);
    const bindTo = (account_id: number | null) => desk.db.updateTable("sender").set({ account_id }).execute();
    const silent = { isSilent: true, contacts: [] };

    expect(await ask()).toEqual(silent);
    await bindTo(null);
    expect(await ask()).toMatchObject({ isSilent: false, contacts: [{}] });
    await bindTo(1);
    expect(await ask()).toEqual(silent);
  });

  test("is not asked for the contacts of a lead that waits to leave", async () => {
    await lookUpForLeads(PHONE, requireBoundConnection, await aDuty(desk.db, now));

    expect(await listFound([PHONE], desk.db, now())).toEqual(new Map());
    expect(desk.practice.journal.filter(({ path }) => path.includes("/contacts"))).toEqual([]);
  });
});
