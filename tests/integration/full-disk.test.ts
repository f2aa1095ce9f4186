import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runInSession } from "@/lib/auth/session";
import { type Db, openDb } from "@/lib/db/client";
import { findDiskState, toDiskFailure } from "@/lib/db/disk";
import { migrate } from "@/lib/db/migrate";
import { submitLead } from "@/lib/leads/actions";
import { getHealth } from "@/lib/worker/queries";
import { aLead } from "@/tests/support/builders";
import { insertSeller } from "@/tests/support/people";

const shared = globalThis as typeof globalThis & { leadDeskDb?: Db; leadDeskDiskFailedAt?: number };
const SQLITE = "file::memory:";
const MINUTE_MS = 60_000;

afterEach(() => {
  shared.leadDeskDiskFailedAt = undefined;
  vi.unstubAllEnvs();
});

describe("while the disk of SQLite is full", () => {
  let db: Db;

  beforeEach(async () => {
    vi.stubEnv("NEXTAUTH_SECRET", "x".repeat(32));
    vi.stubEnv("NEXTAUTH_URL", "http://127.0.0.1:3000");
    db = openDb(SQLITE);
    shared.leadDeskDb = db;
    await migrate(db);
  });
  afterEach(async () => {
    shared.leadDeskDb = undefined;
    await db.destroy();
  });

  const limitPages = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);

  test("a lead is refused with its own code, health names the disk, and the same lead is saved once there is space", async () => {
    const id = await insertSeller(db);
    const user = { id, name: "Анна", email: "anna@example.com", role: "seller" as const };
    const lead = aLead({
      referrer: "x".repeat(2000),
      utm_term: "x".repeat(255),
      utm_content: "x".repeat(255),
    });
    const save = (given = lead) => runInSession({ user, session: "s" }, () => submitLead(given));
    await limitPages(1);

    let answer = await save();
    for (let n = 0; answer.ok && n < 100; n++) answer = await save({ ...lead, id: aLead().id });

    expect(answer).toMatchObject({ ok: false, code: "disk_full" });
    expect(await getHealth(db, Date.now(), performance.now(), SQLITE)).toMatchObject({
      status: "failing",
      disk: "full",
    });

    await limitPages(100_000);
    const last = { ...lead, id: aLead().id };
    expect(await save(last)).toMatchObject({ ok: true });
    expect(await db.selectFrom("leads").select("id").where("id", "=", last.id).execute()).toHaveLength(1);
  });
});

test.each([
  ["a full disk of SQLite", { errcode: 13 }],
  ["a write that SQLite could not do", { errcode: 778 }],
  ["a full disk of PostgreSQL", { code: "53100" }],
  ["a quota", { code: "EDQUOT" }],
])("%s is known", async (_, error) => {
  expect(toDiskFailure(Object.assign(new Error("x"), error), 0)).toMatchObject({ code: "disk_full" });
  expect(await findDiskState("postgres://db/desk", MINUTE_MS - 1)).toBe("full");
  expect(await findDiskState("postgres://db/desk", MINUTE_MS)).toBe("ok");
});

test.each([[new Error("x")], [{ errcode: 19 }], [{ code: "23505" }], [null], ["x"]])(
  "%o is not of the disk",
  (error) => {
    expect(toDiskFailure(error)).toBeUndefined();
  },
);

test.each([
  [5000, "ok"],
  [4999, "full"],
] as const)("a disk with %d free blocks of 4 KB beside the SQLite file is %s", async (bavail, state) => {
  const readSpace = (async () => ({
    bavail,
    bsize: 4194.304,
  })) as unknown as typeof import("node:fs/promises").statfs;

  expect(await findDiskState("file:/srv/desk.db", MINUTE_MS, readSpace)).toBe(state);
});
