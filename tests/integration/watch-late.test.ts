import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import type { Db } from "@/lib/db/client";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { haltQueue, resumeQueue } from "@/lib/queue/halt";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const PIPELINE = 12984871;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SETTLED_MS = 7 * MINUTE_MS;

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)(
  "a late copy of a lead that waits before it goes again, on $name",
  ({ open }) => {
    let db: Db;
    let author: string;
    let clock: number;

    beforeAll(async () => {
      db = await open();
    });
    beforeEach(async () => {
      practice = await openPractice({ now: () => clock });
      clock = Date.now();
      author = await insertSeller(db);
      const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
      const mapping = {
        pipelineId: PIPELINE,
        fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
        reference: { entity: "leads", fieldId },
      };
      await saveFirstMapping(mappingSchema.parse(mapping), db);
    });
    afterEach(async () => {
      await practice.close();
      await emptyTables(db);
    });
    afterAll(() => db.destroy());

    const now = () => clock;
    const round = () => deliverRound(db, now);
    const copies = (id: string) => practice.incomingLeads().filter((item) => item.requestId === id);

    test("is not followed by a second one that nobody is told of", async () => {
      const lead = aLead({ surname: randomUUID().slice(0, 8) });
      await createLead(lead, author, db, clock, RULES);
      practice.failNext({ kind: "hold-cut", method: "POST" });
      await round();
      clock += SETTLED_MS;
      await round();
      expect(await readLead(lead.id, db)).toMatchObject({ state: "queued" });

      // The request that was held up is applied now, and the pipeline is archived by mistake.
      await practice.control.applyHeld();
      practice.control.archivePipeline({ id: PIPELINE });
      await refreshCatalogue({}, db, now, []);
      await round();
      expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin", problem: "mapping_broken" });
      await watchForTwins(db, now);

      clock += 25 * HOUR_MS;
      practice.control.archivePipeline({ id: PIPELINE, on: false });
      await refreshCatalogue({}, db, now, []);
      await round();
      await round();
      await watchForTwins(db, now);

      const { twin_id } = await db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
      const isTold = twin_id !== null;
      expect({ copies: copies(lead.id).length, isTold }).not.toEqual({ copies: 2, isTold: false });
    });

    test("is told after a halt that was longer than the watch", async () => {
      const lead = aLead({ surname: randomUUID().slice(0, 8) });
      await createLead(lead, author, db, clock, RULES);
      practice.failNext({ kind: "hold-cut", method: "POST" });
      await round();
      clock += SETTLED_MS;
      await round();
      await haltQueue("plan_unpaid", db, clock);
      await practice.control.applyHeld();

      clock += 25 * HOUR_MS;
      await resumeQueue(db);
      await round();
      await round();
      await watchForTwins(db, now);

      const { twin_id } = await db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
      const isTold = twin_id !== null;
      expect({ copies: copies(lead.id).length, isTold }).not.toEqual({ copies: 2, isTold: false });
    });
  },
);
