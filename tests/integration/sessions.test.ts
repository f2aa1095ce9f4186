import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { authorise } from "@/lib/auth/authorise";
import { createSession, endSession, markSeen } from "@/lib/auth/mutations";
import type { Db } from "@/lib/db/client";
import {
  createPerson,
  createResetLink,
  disablePerson,
  enablePerson,
  endAllSessions,
} from "@/lib/people/mutations";
import { findAccount } from "@/lib/people/queries";
import { changePassword, choosePassword, endSessionsExcept } from "@/lib/profile/mutations";
import { listSessions } from "@/lib/profile/queries";
import { readAudit } from "@/tests/support/audit";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson, isSignedIn, startSession, toCheapHash } from "@/tests/support/people";

// At our own cost all these hashes take seconds of work; what one costs is held by the unit tests of passwords.
vi.mock("@/lib/people/password", async (load) => ({
  ...(await load<typeof import("@/lib/people/password")>()),
  hashPassword: async (password: string) => toCheapHash(password),
}));

const SECRET = "a secret of more than thirty-two bytes";
const NOW = 1_763_719_200_000;
const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;
const ANNA = { email: "anna@example.com", password: "correct horse" };
const NEW_PASSWORD = "a longer sentence";

/** The same database, in which something else happens just before the nth transaction. */
function withInterruption(db: Db, nth: number, act: () => Promise<unknown>): Db {
  let count = 0;
  const transaction = () => {
    const builder = db.transaction();
    const execute: typeof builder.execute = async (run) => {
      count++;
      if (count === nth) await act();
      return builder.execute(run);
    };
    return { execute };
  };
  return new Proxy(db, {
    get(_, name) {
      const value: unknown = name === "transaction" ? transaction : Reflect.get(db, name);
      return typeof value === "function" ? value.bind(db) : value;
    },
  });
}

describe.each(migratedDatabases)("sessions on $name", ({ open }) => {
  let db: Db;
  let id: string;

  const signIn = (password: string) =>
    authorise(
      { email: ANNA.email, password },
      { address: "203.0.113.7", device: undefined },
      SECRET,
      db,
      NOW,
    );
  const listActions = async () => (await readAudit(db)).map(({ action }) => action);
  const countRows = async () => (await db.selectFrom("sessions").select("id").execute()).length;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await createPerson({ ...ANNA, name: "Анна", role: "seller", locale: "ru" }, null, db, NOW - DAY);
    id = (await findAccount(ANNA.email, db))?.id ?? "";
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("a session opens the door for 12 hours after its person last did something", async () => {
    const session = await startSession(db, id, NOW);

    expect(await isSignedIn(db, session, NOW + 12 * HOUR)).toBe(true);
    expect(await isSignedIn(db, session, NOW + 12 * HOUR + 1)).toBe(false);
    await markSeen(session.session, db, NOW + 6 * HOUR);

    expect(await isSignedIn(db, session, NOW + 18 * HOUR)).toBe(true);
  });

  test("seven days after it began a session is over, whatever its person did last", async () => {
    const session = await startSession(db, id, NOW);
    await markSeen(session.session, db, NOW + 7 * DAY);

    expect(await isSignedIn(db, session, NOW + 7 * DAY)).toBe(true);
    expect(await isSignedIn(db, session, NOW + 7 * DAY + 1)).toBe(false);
  });

  test("a session is its own person's alone, and of its version", async () => {
    const [session, other] = [await startSession(db, id, NOW), await addPerson(db)];

    expect(await isSignedIn(db, session, NOW)).toBe(true);
    expect(await isSignedIn(db, { ...session, sub: other }, NOW)).toBe(false);
    expect(await isSignedIn(db, { ...session, version: session.version + 1 }, NOW)).toBe(false);
  });

  test("a session that was signed out of is over, another of the same person is not", async () => {
    const [one, other] = [await startSession(db, id, NOW), await startSession(db, id, NOW)];

    await endSession(one.session, id, "signed_out", db, NOW);
    await endSession(one.session, id, "signed_out", db, NOW);

    expect(await isSignedIn(db, one, NOW)).toBe(false);
    expect(await isSignedIn(db, other, NOW)).toBe(true);
    expect((await listActions()).filter((action) => action === "signed_out")).toHaveLength(1);
  });

  test("to end the session of another browser is another line of the log", async () => {
    const { session } = await startSession(db, id, NOW);

    await endSession(session, id, "session_ended", db, NOW);

    expect(await listActions()).toEqual(["person_added", "session_ended"]);
  });

  test("nobody ends another's session", async () => {
    const [session, other] = [await startSession(db, id, NOW), await addPerson(db)];

    await endSession(session.session, other, "session_ended", db, NOW);

    expect(await isSignedIn(db, session, NOW)).toBe(true);
    expect(await listActions()).toEqual(["person_added"]);
  });

  test("a sign of life of a session that was ended brings it back neither in the table nor in the answer", async () => {
    const session = await startSession(db, id, NOW);
    expect(await markSeen(session.session, db, NOW)).toBe(true);
    await endSession(session.session, id, "signed_out", db, NOW);

    expect(await markSeen(session.session, db, NOW)).toBe(false);
    expect(await countRows()).toBe(0);
  });

  test("a person sees their own sessions that are not over: the one that asks, then the latest seen", async () => {
    const other = await addPerson(db);
    await startSession(db, other, NOW, { browser: "Firefox, Linux" });
    const own = await startSession(db, id, NOW);
    const late = await startSession(db, id, NOW, { browser: "Safari, iOS" });
    const later = await startSession(db, id, NOW, { browser: "Chrome, Windows" });
    await markSeen(late.session, db, NOW + SECOND);
    await markSeen(later.session, db, NOW + 2 * SECOND);

    expect(await listSessions(id, own.session, db, NOW + 2 * SECOND)).toEqual([
      { id: own.session, browser: null, since: NOW, seenAt: NOW },
      { id: later.session, browser: "Chrome, Windows", since: NOW, seenAt: NOW + 2 * SECOND },
      { id: late.session, browser: "Safari, iOS", since: NOW, seenAt: NOW + SECOND },
    ]);
    const still = await listSessions(id, own.session, db, NOW + 12 * HOUR + SECOND);
    expect(still.map((session) => session.id)).toEqual([later.session, late.session]);
  });

  test("sessions that were ended or are older than seven days leave the list", async () => {
    const [own, ended] = [await startSession(db, id, NOW), await startSession(db, id, NOW)];
    await endSession(ended.session, id, "session_ended", db, NOW);
    await markSeen(own.session, db, NOW + 7 * DAY);

    expect(await listSessions(id, own.session, db, NOW + DAY / 4)).toMatchObject([{ id: own.session }]);
    expect(await listSessions(id, own.session, db, NOW + 7 * DAY)).toHaveLength(1);
    expect(await listSessions(id, own.session, db, NOW + 7 * DAY + 1)).toEqual([]);
  });

  test("of very many sessions twenty are listed, the one that asks among them", async () => {
    const own = await startSession(db, id, NOW);
    for (let count = 0; count < 21; count++) await startSession(db, id, NOW + SECOND);

    const listed = await listSessions(id, own.session, db, NOW + SECOND);

    expect(listed).toHaveLength(20);
    expect(listed[0]?.id).toBe(own.session);
  });

  test("sessions that are over leave the table with the next sign-in", async () => {
    await startSession(db, id, NOW);
    const old = await startSession(db, id, NOW - 7 * DAY);
    await markSeen(old.session, db, NOW + 12 * HOUR);
    await startSession(db, id, NOW + 12 * HOUR + 1);

    const rows = await db.selectFrom("sessions").select("since").execute();
    expect(rows).toEqual([{ since: NOW + 12 * HOUR + 1 }]);
  });

  test("who signs in again in one browser has one session there", async () => {
    const [first, elsewhere] = [await startSession(db, id, NOW), await startSession(db, id, NOW)];

    const again = await startSession(db, id, NOW, { replaced: first.session });

    const open = [first, elsewhere, again].map((session) => isSignedIn(db, session, NOW));
    expect(await Promise.all(open)).toEqual([false, true, true]);
  });

  test("a sign-in that began before the password was changed opens nothing after it", async () => {
    const own = await startSession(db, id, NOW);
    const entered = await signIn(ANNA.password);
    const version = entered && "version" in entered ? entered.version : 0;
    await changePassword({ current: ANNA.password, password: NEW_PASSWORD }, id, own.session, db, NOW);

    const opened = await createSession({ sub: id, version, browser: null, replaced: own.session }, db, NOW);

    expect(opened).toBeUndefined();
    expect(await countRows()).toBe(1);
    expect(await signIn(NEW_PASSWORD)).toMatchObject({ version: version + 1 });
  });

  test("a sign-in that began before the person was disabled opens nothing after it", async () => {
    const { session_version } = (await findAccount(ANNA.email, db)) ?? {};
    await db.updateTable("people").set({ disabled_at: NOW }).where("id", "=", id).execute();

    expect(await createSession({ sub: id, version: session_version ?? 0, browser: null }, db, NOW)).toBe(
      undefined,
    );
    expect(await countRows()).toBe(0);
  });

  test("changing the password asks for the old one, and ends every session but the one that asks", async () => {
    const [own, other] = [await startSession(db, id, NOW), await startSession(db, id, NOW)];
    const change = (current: string) =>
      changePassword({ current, password: NEW_PASSWORD }, id, own.session, db, NOW + HOUR);

    await expect(change("wrong")).rejects.toMatchObject({ fields: { current: "password_wrong" } });
    expect(await isSignedIn(db, other, NOW)).toBe(true);
    const version = await change(ANNA.password);

    expect(await isSignedIn(db, other, NOW)).toBe(false);
    expect(await isSignedIn(db, own, NOW)).toBe(false);
    expect(await isSignedIn(db, { ...own, version }, NOW)).toBe(true);
    expect(await listSessions(id, own.session, db, NOW + HOUR)).toEqual([
      { id: own.session, browser: null, since: NOW, seenAt: NOW },
    ]);
    expect(await signIn(NEW_PASSWORD)).toMatchObject({ id, version });
  });

  test("a session that was ended while its password was being changed stays ended", async () => {
    const own = await startSession(db, id, NOW);
    const meanwhile = withInterruption(db, 2, () => endSession(own.session, id, "session_ended", db, NOW));

    const given = { current: ANNA.password, password: NEW_PASSWORD };
    const version = await changePassword(given, id, own.session, meanwhile, NOW);

    expect(await isSignedIn(db, { ...own, version }, NOW)).toBe(false);
  });

  test.each(["reset", "disabled"] as const)(
    "a change of password that comes after the person was %s changes nothing",
    async (what) => {
      const own = await startSession(db, id, NOW);
      const { token } = await createResetLink(id, null, db, NOW);
      const meanwhile = withInterruption(db, 2, () =>
        what === "reset"
          ? choosePassword({ token, password: "chosen by the link" }, db, NOW)
          : disablePerson(id, null, db, NOW),
      );
      const before = await findAccount(ANNA.email, db);

      const given = { current: ANNA.password, password: NEW_PASSWORD };
      const late = changePassword(given, id, own.session, meanwhile, NOW);

      await expect(late).rejects.toMatchObject({ code: "invalid", fields: { current: "password_wrong" } });
      expect(await signIn(NEW_PASSWORD)).toBeUndefined();
      expect((await findAccount(ANNA.email, db))?.session_version).toBe((before?.session_version ?? 0) + 1);
      expect(await countRows()).toBe(0);
    },
  );

  test("signing out everywhere else leaves the session that asks as it is, and others' alone", async () => {
    const [own, other] = [await startSession(db, id, NOW), await startSession(db, id, NOW)];
    const stranger = await startSession(db, await addPerson(db), NOW);

    await endSessionsExcept(own.session, id, db, NOW);

    const open = [own, other, stranger].map((session) => isSignedIn(db, session, NOW));
    expect(await Promise.all(open)).toEqual([true, false, true]);
    expect(await listActions()).toContain("sessions_ended");
  });

  test("who signs out and is signed out everywhere at once does not block the other", async () => {
    for (let round = 0; round < 10; round++) {
      const started = await Promise.all(Array.from({ length: 6 }, () => startSession(db, id, NOW)));

      const all = await Promise.allSettled([
        ...started.map(({ session }) => endSession(session, id, "signed_out", db, NOW)),
        endAllSessions(id, null, db, NOW),
        endSessionsExcept("", id, db, NOW),
      ]);

      expect(all.filter(({ status }) => status === "rejected")).toEqual([]);
    }
  });

  test("a link that is used while its person is being disabled does not block it", async () => {
    for (let round = 0; round < 10; round++) {
      const { token } = await createResetLink(id, null, db, NOW);
      let disabling: Promise<void> | undefined;
      const meanwhile = withInterruption(db, 1, async () => {
        disabling = disablePerson(id, null, db, NOW);
      });

      const chosen = await Promise.allSettled([
        choosePassword({ token, password: NEW_PASSWORD }, meanwhile, NOW),
      ]);

      await disabling;
      expect(chosen).toSatisfy(isDoneOrSpent);
      await enablePerson(id, null, db, NOW);
    }
  });
});

function isDoneOrSpent([result]: PromiseSettledResult<unknown>[]): boolean {
  return result?.status === "fulfilled" || result?.reason.code === "link_spent";
}
