import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findPersonOfSession } from "@/lib/auth/find-person-of-session";
import type { Db } from "@/lib/db/client";
import {
  changePerson,
  createAdminOfSettings,
  createFirstAdmin,
  createPerson,
  createResetLink,
  createSetupLink,
  disablePerson,
  enablePerson,
  endAllSessions,
} from "@/lib/people/mutations";
import { isPassword } from "@/lib/people/password";
import { findAccount, findLink, findListedPerson, isSetUp, listPeople } from "@/lib/people/queries";
import { changePassword, choosePassword } from "@/lib/profile/mutations";
import { readAudit } from "@/tests/support/audit";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson, isSignedIn, startSession, toCheapHash } from "@/tests/support/people";

// At our own cost all these hashes take seconds of work; what one costs is held by the unit tests of passwords.
vi.mock("@/lib/people/password", async (load) => ({
  ...(await load<typeof import("@/lib/people/password")>()),
  hashPassword: async (password: string) => toCheapHash(password),
}));

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 1_763_719_200_000;
const ANNA = { name: "Анна", email: "anna@example.com", password: "correct horse" };
const PASSWORD = "a longer sentence";

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

    const found = await findAccount(ANNA.email, db);
    expect(await findListedPerson(found?.id ?? "", db)).toMatchObject({ name: "Анна", role: "admin" });
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
    expect(await findAccount("eve@example.com", db)).toBeUndefined();
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

  test("no way of setting a password takes one that is guessed first", async () => {
    const token = await createSetupLink(db, NOW);
    const common = { ...ANNA, password: "qwertyuiop" };
    const refused = { code: "invalid", fields: { password: "password_common" } };
    await expect(createFirstAdmin({ ...common, token }, db, NOW)).rejects.toMatchObject(refused);
    await expect(createAdminOfSettings(common, db, NOW)).rejects.toMatchObject(refused);
    await expect(
      createPerson({ ...common, role: "seller", locale: "ru" }, null, db, NOW),
    ).rejects.toMatchObject(refused);

    await createPerson({ ...ANNA, role: "seller", locale: "ru" }, null, db, NOW);
    const { id } = (await findAccount(ANNA.email, db)) ?? { id: "" };
    const link = await createResetLink(id, null, db, NOW);
    const chosen = { token: link.token, password: common.password };
    await expect(choosePassword(chosen, db, NOW)).rejects.toMatchObject(refused);
    const changed = { current: ANNA.password, password: common.password };
    await expect(changePassword(changed, id, "", db, NOW)).rejects.toMatchObject(refused);
    expect(await choosePassword({ ...chosen, password: "a longer sentence" }, db, NOW)).toEqual({
      email: ANNA.email,
      waitsFor: null,
    });
  });

  test("the admin of the settings is made once", async () => {
    const admin = { email: "admin@example.com", password: "correct horse" };

    await createAdminOfSettings(admin, db, NOW);
    await createAdminOfSettings(admin, db, NOW);

    expect(await db.selectFrom("people").select(["email", "role"]).execute()).toEqual([
      { email: "admin@example.com", role: "admin" },
    ]);
    expect(await readAudit(db)).toMatchObject([{ action: "person_added", person_id: null }]);
  });

  test("a person with a password can sign in; without one they are invited", async () => {
    const admin = await addPerson(db, { role: "admin" });

    const made = await createPerson({ ...ANNA, role: "seller", locale: "ru" }, admin, db, NOW);
    const invited = await createPerson(
      { name: "Борис", email: "boris@example.com", role: "head", locale: "en" },
      admin,
      db,
      NOW,
    );

    expect(made).toEqual({});
    expect(await findLink(invited.token ?? "", db, NOW)).toEqual({
      purpose: "invite",
      email: "boris@example.com",
      name: "Борис",
    });
    const statuses = (await listPeople(db)).map(({ email, status }) => [email, status]);
    expect(statuses).toContainEqual([ANNA.email, "active"]);
    expect(statuses).toContainEqual(["boris@example.com", "invited"]);
  });

  test("an e-mail belongs to one person", async () => {
    await createPerson({ ...ANNA, role: "seller", locale: "ru" }, null, db, NOW);

    const again = createPerson({ ...ANNA, role: "admin", locale: "ru" }, null, db, NOW);

    await expect(again).rejects.toMatchObject({ code: "invalid", fields: { email: "email_taken" } });
    expect((await readAudit(db)).map(({ action }) => action)).toEqual(["person_added"]);
  });

  test("an invitation is used once, for 24 hours, and the person chooses the password", async () => {
    const { token = "" } = await createPerson(
      { name: "Анна", email: ANNA.email, role: "seller", locale: "ru" },
      null,
      db,
      NOW,
    );

    const late = choosePassword({ token, password: PASSWORD }, db, NOW + DAY_MS + 1);
    await expect(late).rejects.toMatchObject({ code: "link_spent" });
    const chosen = await choosePassword({ token, password: PASSWORD }, db, NOW + DAY_MS);
    const again = choosePassword({ token, password: "somebody else's" }, db, NOW + DAY_MS);

    expect(chosen).toEqual({ email: ANNA.email, waitsFor: null });
    await expect(again).rejects.toMatchObject({ code: "link_spent" });
    const account = await findAccount(ANNA.email, db);
    expect(await isPassword(PASSWORD, account?.password_hash ?? "")).toBe(true);
  });

  test("of two who use a link at once, one is let in", async () => {
    const { token = "" } = await createPerson(
      { name: "Анна", email: ANNA.email, role: "seller", locale: "ru" },
      null,
      db,
      NOW,
    );

    const both = await Promise.allSettled([
      choosePassword({ token, password: PASSWORD }, db, NOW),
      choosePassword({ token, password: PASSWORD }, db, NOW),
    ]);

    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a new link ends the earlier one, and using it ends every session", async () => {
    const id = await addPerson(db);
    const session = await startSession(db, id);
    const { token: first } = await createResetLink(id, null, db, NOW);
    const { token: second } = await createResetLink(id, null, db, NOW);
    expect(await isSignedIn(db, session)).toBe(true);

    await expect(choosePassword({ token: first, password: PASSWORD }, db, NOW)).rejects.toMatchObject({
      code: "link_spent",
    });
    await choosePassword({ token: second, password: PASSWORD }, db, NOW);

    expect(await isSignedIn(db, session)).toBe(false);
  });

  test("disabling ends sessions and links, and enabling brings neither back", async () => {
    const id = await addPerson(db);
    const session = await startSession(db, id);
    const { token } = await createResetLink(id, null, db, NOW);

    await disablePerson(id, null, db, NOW);
    expect(await isSignedIn(db, session)).toBe(false);
    await enablePerson(id, null, db, NOW);

    expect(await isSignedIn(db, session)).toBe(false);
    expect(await findLink(token, db, NOW)).toBeUndefined();
    expect(await isSignedIn(db, await startSession(db, id))).toBe(true);
  });

  test("nobody makes a link for a disabled person", async () => {
    const id = await addPerson(db);
    await disablePerson(id, null, db, NOW);

    await expect(createResetLink(id, null, db, NOW)).rejects.toMatchObject({ code: "not_found" });
  });

  test("another role ends the sessions, another name does not", async () => {
    const id = await addPerson(db, { name: "Анна", locale: "ru" });
    const session = await startSession(db, id);

    await changePerson({ id, name: "Анна П.", role: "seller", locale: "ru" }, null, db, NOW);
    expect(await isSignedIn(db, session)).toBe(true);
    await changePerson({ id, name: "Анна П.", role: "head", locale: "ru" }, null, db, NOW);

    expect(await isSignedIn(db, session)).toBe(false);
    expect(await findListedPerson(id, db)).toMatchObject({ name: "Анна П.", role: "head" });
  });

  test("a person signed out everywhere is out", async () => {
    const id = await addPerson(db);
    const session = await startSession(db, id);

    await endAllSessions(id, null, db, NOW);

    expect(await isSignedIn(db, session)).toBe(false);
  });

  test("the last admin can be neither disabled nor made anything else", async () => {
    const admin = await addPerson(db, { role: "admin" });
    await addPerson(db, { role: "admin", disabled_at: 1 });
    await createPerson(
      { name: "Новый", email: "new@example.com", role: "admin", locale: "ru" },
      admin,
      db,
      NOW,
    );

    await expect(disablePerson(admin, admin, db, NOW)).rejects.toMatchObject({ code: "last_admin" });
    const demoted = { id: admin, name: "А", role: "head", locale: "ru" } as const;
    await expect(changePerson(demoted, admin, db, NOW)).rejects.toMatchObject({ code: "last_admin" });

    expect(await findListedPerson(admin, db)).toMatchObject({ role: "admin", status: "active" });
  });

  test("two admins who shut each other out at once leave one", async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await addPerson(db, { role: "admin" }), await addPerson(db, { role: "admin" })];

      const both = await Promise.allSettled([
        disablePerson(one, other, db, NOW),
        round % 2 === 0
          ? disablePerson(other, one, db, NOW)
          : changePerson({ id: other, name: "Б", role: "seller", locale: "ru" }, one, db, NOW),
      ]);

      expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      await emptyTables(db);
    }
  });

  test("each change is in the log, with who made it and to whom", async () => {
    const by = await addPerson(db, { role: "admin" });
    const id = await addPerson(db, { name: "Анна" });

    await changePerson({ id, name: "Анна П.", role: "head", locale: "ru" }, by, db, NOW);
    await disablePerson(id, by, db, NOW + 1);
    await enablePerson(id, by, db, NOW + 2);
    await createResetLink(id, by, db, NOW + 3);
    await endAllSessions(id, by, db, NOW + 4);

    const entries = await readAudit(db);
    expect(new Set(entries.map(({ action }) => action))).toEqual(
      new Set([
        "role_changed",
        "person_changed",
        "person_disabled",
        "person_enabled",
        "reset_link_made",
        "sessions_ended",
      ]),
    );
    expect(entries.every((entry) => entry.person_id === by && entry.subject_id === id)).toBe(true);
    expect(entries.find(({ action }) => action === "role_changed")?.detail).toBe(
      '{"from":"seller","to":"head"}',
    );
  });

  test("what fails leaves no line in the log", async () => {
    const admin = await addPerson(db, { role: "admin" });

    await disablePerson(admin, null, db, NOW).catch(() => undefined);

    expect(await readAudit(db)).toEqual([]);
  });

  test("an unknown person cannot be changed", async () => {
    const nobody = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";

    await expect(disablePerson(nobody, null, db, NOW)).rejects.toMatchObject({ code: "not_found" });
    expect(await findPersonOfSession({ sub: nobody, version: 1, session: "x" }, db)).toBeUndefined();
  });
});
