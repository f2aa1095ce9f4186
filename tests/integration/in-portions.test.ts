import { randomUUID } from "node:crypto";
import { createQueryId } from "kysely";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { readOwnRecords } from "@/lib/delivery/verify/own-records";
import { verifyDue } from "@/lib/delivery/verify/verify";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import type { Network } from "@/lib/kommo/client";
import { databases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { listPlans } from "@/tests/support/plans";
import { stubSettings } from "@/tests/support/settings";
import { freeSlot } from "@/tests/support/slots";

const NOW = 1_763_719_200_000;
const LEADS = 1000;
const PAGE = 250;
const REFERENCE = 1711084;
const FIELDS = { phone: { entity: "contacts" as const, fieldId: 467700, enumCode: "WORK" } };
const PLAIN = mappingSchema.parse({ pipelineId: 12984871, fields: FIELDS });
const REFERENCED = { ...PLAIN, reference: { entity: "leads" as const, fieldId: REFERENCE, type: "text" } };
// A portion of 25 leads takes some 300 values to write down, and one of 1,000 ids is quick to read.
const MOST_VALUES = 1100;

type Kommo = "nothing" | "incoming" | "accepted" | "in the trash";
type Lists = Record<string, object[]>;

/** What Kommo's lists show of our leads. */
function toLists(kommo: Kommo, ids: string[]): Lists {
  const leads = ids.map((id, index) => ({
    id: index + 1,
    name: "Переименован",
    created_at: NOW / 1000,
    custom_fields_values: [{ field_id: REFERENCE, values: [{ value: id }] }],
  }));
  const incoming = ids.map((id, index) => ({
    uid: `uid${index}`,
    source_uid: id,
    created_at: NOW / 1000,
    _embedded: { leads: [{ id: index + 1 }] },
  }));
  if (kommo === "incoming") return { unsorted: incoming, leads };
  if (kommo === "accepted") return { leads };
  return kommo === "in the trash" ? { deleted: leads.map(({ id }) => ({ id })) } : {};
}

/** A Kommo that shows these lists, newest first, and tells no events. */
function toNetwork(lists: Lists): Network {
  return {
    takeSlot: freeSlot,
    async transport(url) {
      const isTrash = url.searchParams.get("with") === "only_deleted";
      const name = url.pathname.split("/").at(-1) ?? "";
      const page = Number(url.searchParams.get("page") ?? 1);
      const all = (lists[isTrash ? "deleted" : name] ?? []).toReversed();
      const shown = all.slice((page - 1) * PAGE, page * PAGE);
      const body = {
        _links: page * PAGE < all.length ? { next: { href: "next" } } : {},
        _embedded: { [name]: shown },
      };
      async function* read() {
        yield Buffer.from(shown.length === 0 ? "" : JSON.stringify(body));
      }
      return Object.assign(read(), { statusCode: shown.length === 0 ? 204 : 200, headers: {} });
    },
  };
}

/** How many values the statements had at the most between two turns of everybody else. */
function watchTurns(db: Db): { watched: Db; end: () => number } {
  let [most, values, isOver] = [0, 0, false];
  const turn = () => {
    [most, values] = [Math.max(most, values), 0];
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const watched = db.withPlugin({
    transformQuery: ({ node }) => {
      values += db.getExecutor().compileQuery(node, createQueryId()).parameters.length;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return {
    watched,
    end() {
      isOver = true;
      turn();
      return most;
    },
  };
}

afterAll(() => vi.unstubAllEnvs());
beforeEach(() => stubSettings("https://kommo.test"));

describe.each([
  { mode: "with a reference field", mapping: REFERENCED },
  { mode: "without a reference field", mapping: PLAIN },
])("verification $mode lets others have their turn", ({ mapping }) => {
  test.each<Kommo>(["nothing", "incoming", "accepted", "in the trash"])(
    "where Kommo shows: %s",
    async (kommo) => {
      const db = openDb("file::memory:");
      await migrate(db);
      const author_id = await insertSeller(db);
      const ids = Array.from({ length: LEADS }, () => randomUUID());
      const row = { author_id, state: "checking", due_at: NOW, tries: 0, created_at: NOW, sent_at: NOW };
      for (const id of ids)
        await db
          .insertInto("leads")
          .values({ ...row, id, name: "Иван", phone: `+7900${id}`, mapping_version: 1, sent_above_id: 0 })
          .execute();
      const { watched, end } = watchTurns(db);
      const duty = await aDuty(watched, () => NOW + 1000, { network: toNetwork(toLists(kommo, ids)) });

      await verifyDue({ version: 1, mapping }, duty);

      const most = end();
      const left = await db.selectFrom("leads").select("id").where("state", "=", "checking").execute();
      await db.destroy();
      expect(left).toEqual([]);
      expect(most).toBeLessThan(MOST_VALUES);
    },
  );
});

describe.each(databases)(
  "a database from before its leads were found by their sending, on $name",
  (database) => {
    test("counts those of one request by an index", async () => {
      const db = await database.open();
      await migrate(db, "0028-overview-recipients");
      const author_id = await insertSeller(db);
      const row = { author_id, due_at: 0, tries: 0, created_at: NOW, name: "Иван" };
      await db
        .insertInto("leads")
        .values([
          { ...row, id: "one", state: "checking", sent_at: NOW },
          { ...row, id: "other", state: "confirmed", sent_at: NOW },
          { ...row, id: "rejected", state: "needs_fix", sent_at: NOW },
          { ...row, id: "earlier", state: "checking", sent_at: NOW - 1 },
        ])
        .execute();

      await migrate(db);

      expect(await readOwnRecords(db).countSentAt(NOW)).toBe(2);
      const [plan] = await listPlans(db, (watched) => readOwnRecords(watched).countSentAt(NOW));
      if (database.isSqlite) expect(plan).toContain("leads_by_sending");
      await db.destroy();
    });
  },
);
