import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import {
  createAdminOfSettings,
  createFirstAdmin,
  createPerson,
  createSetupLink,
} from "@/lib/people/mutations";
import { isPassword } from "@/lib/people/password";
import { findPasswordHash, findPerson, isSetUp } from "@/lib/people/queries";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 1_763_719_200_000;
const ANNA = { name: "Анна", email: "anna@example.com", password: "correct horse" };

describe.each(migratedDatabases)("people on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("a set-up link makes one admin, whose password is kept as a hash", async () => {
    const token = await createSetupLink(db, NOW);

    await createFirstAdmin({ token, ...ANNA }, db, NOW);

    const found = await findPasswordHash(ANNA.email, db);
    expect(await findPerson(found?.id ?? "", db)).toMatchObject({ name: "Анна", role: "admin" });
    expect(await isPassword(ANNA.password, found?.password_hash ?? "")).toBe(true);
    expect(await isSetUp(db)).toBe(true);
  });

  test("a set-up link works once, and takes the others with it", async () => {
    const [first, second] = [await createSetupLink(db, NOW), await createSetupLink(db, NOW)];
    await createFirstAdmin({ token: first, ...ANNA }, db, NOW);

    for (const token of [first, second]) {
      const again = createFirstAdmin({ token, ...ANNA, email: "eve@example.com" }, db, NOW);
      await expect(again).rejects.toMatchObject({ code: "link_spent" });
    }
    expect(await findPasswordHash("eve@example.com", db)).toBeUndefined();
  });

  test("a set-up link ends after a day", async () => {
    const token = await createSetupLink(db, NOW);

    const late = createFirstAdmin({ token, ...ANNA }, db, NOW + DAY_MS + 1);

    await expect(late).rejects.toMatchObject({ code: "link_spent" });
    expect(await isSetUp(db)).toBe(false);
  });

  test("an unknown link makes nobody and spends no other", async () => {
    const token = await createSetupLink(db, NOW);

    const guess = createFirstAdmin({ token: `${token}x`, ...ANNA }, db, NOW);

    await expect(guess).rejects.toMatchObject({ code: "link_spent" });
    await createFirstAdmin({ token, ...ANNA }, db, NOW);
    expect(await isSetUp(db)).toBe(true);
  });

  test("the database holds no link that opens a door", async () => {
    const token = await createSetupLink(db, NOW);

    const rows = await db.selectFrom("one_time_links").selectAll().execute();

    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("the admin of the settings is made once", async () => {
    const admin = { email: "admin@example.com", password: "correct horse" };

    await createAdminOfSettings(admin, db, NOW);
    await createAdminOfSettings(admin, db, NOW);

    expect(await db.selectFrom("people").select(["email", "role"]).execute()).toEqual([
      { email: "admin@example.com", role: "admin" },
    ]);
  });

  test("a disabled person is nobody", async () => {
    await createPerson({ ...ANNA, role: "seller" }, db, NOW);
    const { id } = (await findPasswordHash(ANNA.email, db)) ?? { id: "" };

    await db.updateTable("people").set({ disabled_at: NOW }).execute();

    expect(await findPerson(id, db)).toBeUndefined();
    expect(await findPasswordHash(ANNA.email, db)).toBeUndefined();
  });
});
