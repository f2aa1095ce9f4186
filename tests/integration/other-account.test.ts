import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { requireBoundConnection } from "@/lib/account/bind-account";
import { findAccountContacts } from "@/lib/account/queries";
import type { Db } from "@/lib/db/client";
import { settleFound } from "@/lib/delivery/settle-found";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { lookUpForLeads } from "@/lib/known-clients/look-up-next";
import { listFound } from "@/lib/known-clients/queries";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";

const PHONE = "+79001234567";
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

/** By mistake the settings are another account's now: nothing leaves, and people go on working. */
describe.each(migratedDatabases)("a token of another account than our leads are in, on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;
  let accepted: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    clock = Date.now();
    author = await insertSeller(db);
    const fields = { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } };
    await saveFirstMapping(mappingSchema.parse({ pipelineId: 12984871, fields }), db);
    await save();
    await deliverRound(db, now);
    accepted = practice.incomingLeads()[0]?.leadId ?? 0;
    await practice.control.accept(accepted);
    await db.updateTable("leads").set({ kommo_lead_id: 1 }).execute();
    await db.updateTable("sender").set({ account_id: 1, account_mark: "of before" }).execute();
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const save = async () => {
    const lead = aLead({ surname: randomUUID().slice(0, 8) });
    await createLead(lead, author, db, clock, RULES);
    return lead;
  };

  test("does not say that a lead is there", async () => {
    const lead = await save();
    await db
      .updateTable("leads")
      .set({ state: "needs_admin", problem: "unclear", sent_at: clock })
      .where("id", "=", lead.id)
      .execute();

    const seen = { id: lead.id, state: "needs_admin" as const, sentAt: clock, kommoLeadId: accepted };
    await settleFound([seen], author, db, now).catch(() => undefined);

    expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin" });
  });

  test("shows its contacts to nobody who types, nor those that were asked for before", async () => {
    const user = { id: author, role: "seller" } as never;
    const ask = () => findAccountContacts(PHONE, user, new AbortController().signal, db);
    const bindTo = (account_id: number | null) => db.updateTable("sender").set({ account_id }).execute();
    const silent = { isSilent: true, contacts: [] };

    expect(await ask()).toEqual(silent);
    await bindTo(null);
    expect(await ask()).toMatchObject({ isSilent: false, contacts: [{}] });
    await bindTo(1);
    expect(await ask()).toEqual(silent);
  });

  test("is not asked for the contacts of a lead that waits to leave", async () => {
    await lookUpForLeads(PHONE, requireBoundConnection, await aDuty(db, now));

    expect(await listFound([PHONE], db, clock)).toEqual(new Map());
    expect(practice.journal.filter(({ path }) => path.includes("/contacts"))).toEqual([]);
  });
});
