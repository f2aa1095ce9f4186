import { beforeEach, describe, expect, test } from "vitest";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { haltQueue, resumeQueue } from "@/lib/queue/halt";
import { migratedDatabases } from "@/tests/support/databases";
import { readLead } from "@/tests/support/leads";
import { beginVerification, MINUTE_MS, PIPELINE, SETTLED_MS } from "@/tests/support/verification";

const HOUR_MS = 60 * MINUTE_MS;

describe.each(migratedDatabases)(
  "a late copy of a lead that waits before it goes again, on $name",
  ({ open }) => {
    const desk = beginVerification(open);
    const { now, save, round, copies } = desk;

    beforeEach(() => desk.publishReferenced());

    test("is not followed by a second one that nobody is told of", async () => {
      const lead = await save();
      desk.practice.failNext({ kind: "hold-cut", method: "POST" });
      await round();
      desk.pass(SETTLED_MS);
      await round();
      expect(await readLead(lead.id, desk.db)).toMatchObject({ state: "queued" });

      // The request that was held up is applied now, and the pipeline is archived by mistake.
      await desk.practice.control.applyHeld();
      desk.practice.control.archivePipeline({ id: PIPELINE });
      await refreshCatalogue({}, desk.db, now, []);
      await round();
      expect(await readLead(lead.id, desk.db)).toMatchObject({
        state: "needs_admin",
        problem: "mapping_broken",
      });
      await watchForTwins(desk.db, now);

      desk.pass(25 * HOUR_MS);
      desk.practice.control.archivePipeline({ id: PIPELINE, on: false });
      await refreshCatalogue({}, desk.db, now, []);
      await round();
      await round();
      await watchForTwins(desk.db, now);

      const { twin_id } = await desk.db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
      const isTold = twin_id !== null;
      expect({ copies: copies(lead.id).length, isTold }).not.toEqual({ copies: 2, isTold: false });
    });

    test("is told after a halt that was longer than the watch", async () => {
      const lead = await save();
      desk.practice.failNext({ kind: "hold-cut", method: "POST" });
      await round();
      desk.pass(SETTLED_MS);
      await round();
      await haltQueue("plan_unpaid", desk.db, now());
      await desk.practice.control.applyHeld();

      desk.pass(25 * HOUR_MS);
      await resumeQueue(desk.db);
      await round();
      await round();
      await watchForTwins(desk.db, now);

      const { twin_id } = await desk.db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
      const isTold = twin_id !== null;
      expect({ copies: copies(lead.id).length, isTold }).not.toEqual({ copies: 2, isTold: false });
    });
  },
);
