import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { authorise } from "@/lib/auth/authorise";
import { authoriseOidc } from "@/lib/auth/authorise-oidc";
import { createDeviceMark } from "@/lib/auth/device";
import { recordSignIn } from "@/lib/auth/mutations";
import type { OidcProfile } from "@/lib/auth/oidc-profile";
import { countSignInAttempt, type LimitKey } from "@/lib/auth/sign-in-limits";
import { toLimitKeys, type Visitor } from "@/lib/auth/to-limit-keys";
import type { Db } from "@/lib/db/client";
import { createPerson, disablePerson, linkSignOn } from "@/lib/people/mutations";
import { findAccount, findLinkedAccount, findLinkRequest, isSetUp } from "@/lib/people/queries";
import { changePassword } from "@/lib/profile/mutations";
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
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const ANNA = { email: "anna@example.com", password: "correct horse" };
const HOME: Visitor = { address: "203.0.113.7", device: undefined };
const ELSEWHERE: Visitor = { address: "198.51.100.9", device: undefined };

describe.each(migratedDatabases)("signing in on $name", ({ open }) => {
  let db: Db;
  let id: string;

  const signIn = (password: string, visitor = HOME, now = NOW, email = ANNA.email) =>
    authorise({ email, password }, visitor, SECRET, db, now);
  /** The seconds to wait, or null when the password was looked at. */
  const toWait = (answer: Awaited<ReturnType<typeof signIn>>) =>
    answer && "waitSeconds" in answer ? answer.waitSeconds : null;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const password_hash = toCheapHash(ANNA.password);
    id = await addPerson(db, { email: ANNA.email, name: "Анна", locale: "ru", password_hash });
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("the right password lets in, whatever the letters' case of the e-mail", async () => {
    const bob = { email: "bob@example.com", name: "Б", role: "seller", locale: "ru" } as const;
    await createPerson({ ...bob, password: ANNA.password }, null, db, NOW);

    expect(await signIn(ANNA.password, HOME, NOW, " Bob@Example.com ")).toEqual({
      id: (await findAccount(bob.email, db))?.id,
      email: bob.email,
      version: 1,
    });
  });

  test("a wrong password, an unknown person, a disabled and an invited one get the same answer", async () => {
    await createPerson({ email: "new@example.com", name: "Н", role: "seller", locale: "ru" }, null, db, NOW);
    await createPerson(
      { ...ANNA, email: "gone@example.com", name: "Г", role: "seller", locale: "ru" },
      null,
      db,
      NOW,
    );
    await disablePerson((await findAccount("gone@example.com", db))?.id ?? "", null, db, NOW);

    const answers = [
      await signIn("wrong"),
      await signIn(ANNA.password, HOME, NOW, "nobody@example.com"),
      await signIn(ANNA.password, HOME, NOW, "gone@example.com"),
      await signIn("nobody", HOME, NOW, "new@example.com"),
      await signIn("", HOME, NOW),
    ];

    expect(answers).toEqual(answers.map(() => undefined));
  });

  test("a failure is in the log under the person, or under nobody without a word of what was typed", async () => {
    await signIn("wrong");
    await signIn("hunter2hunter2", ELSEWHERE, NOW + 1, "mistyped@example.com");

    const failures = (await readAudit(db)).filter(({ action }) => action === "sign_in_failed");
    expect(failures).toEqual([
      { action: "sign_in_failed", person_id: id, subject_id: null, detail: '{"address":"203.0.113.7"}' },
      { action: "sign_in_failed", person_id: null, subject_id: null, detail: '{"address":"198.51.100.9"}' },
    ]);
  });

  test("the fifth wrong try makes the next one wait, and each later one doubles the wait up to a minute", async () => {
    const waits: number[] = [];
    let now = NOW;
    for (let tries = 0; tries < 10; tries++) {
      await signIn("wrong", HOME, now);
      const { blocked_until } = await db
        .selectFrom("sign_in_limits")
        .select("blocked_until")
        .where("key", "in", keysOf("guesser"))
        .executeTakeFirstOrThrow();
      waits.push((blocked_until - now) / SECOND);
      now = blocked_until;
    }

    expect(waits).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 60, 60]);
  });

  test("while a try has to wait, the right password waits too and is not looked at", async () => {
    for (let tries = 0; tries < 5; tries++) await signIn("wrong");

    expect(toWait(await signIn(ANNA.password))).toBe(5);
    expect(await signIn(ANNA.password, HOME, NOW + 5 * SECOND)).toEqual({
      id,
      email: ANNA.email,
      version: 1,
    });
  });

  test("an unknown e-mail waits exactly as a known one", async () => {
    for (let tries = 0; tries < 5; tries++) {
      await signIn("wrong");
      await signIn("wrong", ELSEWHERE, NOW, "nobody@example.com");
    }

    expect(toWait(await signIn("wrong"))).toBe(5);
    expect(toWait(await signIn("wrong", ELSEWHERE, NOW, "nobody@example.com"))).toBe(5);
  });

  test("one address that tries many people waits, and others do not", async () => {
    for (let tries = 0; tries < 20; tries++) await signIn("wrong", HOME, NOW, `person${tries}@example.com`);

    expect(toWait(await signIn(ANNA.password))).toBe(5);
    expect(await signIn(ANNA.password, ELSEWHERE)).toEqual({ id, email: ANNA.email, version: 1 });
  });

  test("five addresses that try without a pause for an hour do not keep a new browser out", async () => {
    const strangers = Array.from({ length: 5 }, (_, index) => ({
      address: `198.51.100.${index}`,
      device: undefined,
    }));
    const tryAt = (visitor: Visitor, now: number) =>
      countSignInAttempt(toLimitKeys(ANNA.email, visitor, SECRET), db, now);
    const waits: number[] = [];
    const next = strangers.map(() => NOW);
    for (let now = NOW; now < NOW + 60 * MINUTE; now += 20 * SECOND) {
      for (const [index, stranger] of strangers.entries()) {
        if ((next[index] ?? 0) > now) continue;
        next[index] = now + (await tryAt(stranger, now));
      }
      const newBrowser = { address: `203.0.113.${waits.length % 250}`, device: undefined };
      if ((now - NOW) % (10 * MINUTE) === 0) waits.push(await tryAt(newBrowser, now));
    }

    expect(waits).toEqual(Array(6).fill(0));
  });

  test("a hundred and fifty addresses are slowed down together", async () => {
    for (let index = 0; index < 150; index++)
      await countSignInAttempt(
        toLimitKeys(ANNA.email, { address: `198.51.100.${index}`, device: undefined }, SECRET),
        db,
        NOW,
      );

    expect(toWait(await signIn(ANNA.password))).toBe(5);
  });

  test("a browser that has signed in before is not kept waiting by strangers", async () => {
    const known = { ...HOME, device: createDeviceMark(ANNA.email, SECRET) };
    for (let tries = 0; tries < 5; tries++) await signIn("wrong", HOME);
    expect(toWait(await signIn(ANNA.password, HOME))).toBe(5);

    expect(await signIn(ANNA.password, known)).toEqual({ id, email: ANNA.email, version: 1 });
  });

  test("such a browser waits for its own wrong tries, and another person's mark helps nobody", async () => {
    const known = { ...HOME, device: createDeviceMark(ANNA.email, SECRET) };
    const strangers = { ...ELSEWHERE, device: createDeviceMark("eve@example.com", SECRET) };
    for (let tries = 0; tries < 5; tries++) await signIn("wrong", known);
    for (let tries = 0; tries < 5; tries++) await signIn("wrong", strangers);

    expect(toWait(await signIn(ANNA.password, known))).toBe(5);
    expect(toWait(await signIn(ANNA.password, strangers))).toBe(5);
  });

  test("a sign-in forgives this address at this account, and what others share only the try it took", async () => {
    const limitKeys = toLimitKeys(ANNA.email, HOME, SECRET);
    for (let tries = 0; tries < 4; tries++) await signIn("wrong");
    await signIn(ANNA.password, HOME, NOW + 1);

    await recordSignIn(id, limitKeys, { how: "password" }, db, NOW + 1);

    const failures = await db.selectFrom("sign_in_limits").select(["key", "failures"]).execute();
    expect(failures).toContainEqual({ key: keysOf("guesser")[0], failures: 0 });
    for (const kind of ["address", "account"] as const)
      expect(failures).toContainEqual({ key: keysOf(kind)[0], failures: 4 });
  });

  test("a hundred tries at once get no further than tries in a row", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => signIn("wrong")));

    expect(answers.filter((answer) => answer === undefined)).toHaveLength(5);
  });

  test("a thousand tries leave few rows", async () => {
    for (let tries = 0; tries < 1000; tries++) {
      await signIn("wrong", HOME, NOW + tries, `person${tries}@example.com`);
    }

    const { rows } = await db
      .selectFrom("sign_in_limits")
      .select((select) => select.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    expect(Number(rows)).toBeLessThan(50);
    expect((await readAudit(db)).length).toBeLessThan(30);
  });

  test("what was tried long ago is forgotten, row and all", async () => {
    for (let tries = 0; tries < 5; tries++) await signIn("wrong");

    expect(toWait(await signIn("wrong", HOME, NOW + DAY))).toBeNull();
    const rows = await db.selectFrom("sign_in_limits").select("failures").execute();
    expect(rows).toEqual([{ failures: 1 }, { failures: 1 }, { failures: 1 }]);
  });

  test("the table of tries holds neither an e-mail nor an address", async () => {
    await signIn("wrong");

    const rows = JSON.stringify(await db.selectFrom("sign_in_limits").selectAll().execute());
    expect(rows).not.toContain("anna");
    expect(rows).not.toContain("203.0.113");
  });

  test("guessing the old password in the profile has to wait as well", async () => {
    for (let tries = 0; tries < 5; tries++) {
      await changePassword({ current: "wrong", password: "a longer sentence" }, id, "", db, NOW).catch(
        () => undefined,
      );
    }

    const next = changePassword({ current: ANNA.password, password: "a longer sentence" }, id, "", db, NOW);
    await expect(next).rejects.toMatchObject({ code: "wait", fields: { seconds: "5" } });
  });

  describe("by single sign-on", () => {
    const rules = { allowedDomain: "example.com", roles: undefined, address: HOME.address };
    const byRole = { ...rules, roles: { claim: "groups", admin: "desk-admins", head: "desk-heads" } };
    const profile: OidcProfile = {
      iss: "https://sso.example.com",
      sub: "1",
      email: ANNA.email,
      name: "Анна",
      groups: [],
    };
    const enter = (
      change: Partial<OidcProfile> = {},
      ruled: typeof rules | typeof byRole = rules,
      now = NOW,
    ) => authoriseOidc({ ...profile, ...change }, ruled, db, now);
    const listPeopleRows = () => db.selectFrom("people").select(["email", "role"]).orderBy("email").execute();
    const findLinked = async (sub: string) => (await findLinkedAccount({ iss: profile.iss, sub }, db))?.id;

    test("a person of ours comes in by an e-mail that the provider vouches for, and is linked", async () => {
      expect(await enter()).toBeUndefined();

      expect(await findLinked("1")).toBe(id);
      expect(await readAudit(db)).toContainEqual(
        expect.objectContaining({ action: "sign_on_linked", person_id: id, subject_id: id }),
      );
    });

    test("an e-mail that nobody vouches for is refused", async () => {
      expect(await enter({ email: undefined })).toBe("not_verified");
    });

    test("who is linked comes in under a new e-mail, which becomes ours", async () => {
      await enter();

      expect(await enter({ email: "anna.new@example.com" })).toBeUndefined();

      expect((await findAccount("anna.new@example.com", db))?.id).toBe(id);
      expect(await listPeopleRows()).toHaveLength(1);
    });

    test("who is linked comes in without an e-mail, and under one that a colleague has", async () => {
      const bob = { email: "bob@example.com", name: "Б", role: "seller", locale: "ru" } as const;
      await createPerson(bob, null, db, NOW);
      await enter();

      expect(await enter({ email: undefined })).toBeUndefined();
      expect(await enter({ email: bob.email })).toBeUndefined();

      expect(await findLinked("1")).toBe(id);
      expect((await findAccount(ANNA.email, db))?.id).toBe(id);
    });

    test("an address that another subject has now is refused until an admin links it", async () => {
      await enter();
      const old = await startSession(db, id, NOW);

      expect(await enter({ sub: "2" })).toBe("other_subject");
      expect(await enter({ sub: "2" })).toBe("other_subject");
      expect(await findLinked("2")).toBeUndefined();
      expect(await findLinkRequest(id, db)).toBe(NOW);

      await linkSignOn({ id, askedAt: NOW }, null, db, NOW);
      expect(await isSignedIn(db, old, NOW)).toBe(false);
      expect(await enter({ sub: "2" })).toBeUndefined();
      expect(await findLinked("2")).toBe(id);
      expect(await enter({ sub: "1" })).toBe("other_subject");
    });

    test("a subject is a person at its own provider only", async () => {
      await enter();
      const elsewhere = { iss: "https://other.example.com", email: "new@example.com" };

      expect(await enter(elsewhere)).toBeUndefined();

      expect(await listPeopleRows()).toHaveLength(2);
    });

    test("nobody can be linked whom no subject has asked for", async () => {
      const nothing = linkSignOn({ id, askedAt: NOW }, null, db, NOW);

      await expect(nothing).rejects.toMatchObject({ code: "not_found" });
    });

    test("an admin links the request that they saw, and not one that came in its place", async () => {
      await enter();
      await enter({ sub: "2" });
      await enter({ sub: "3" }, rules, NOW + 1);

      const late = linkSignOn({ id, askedAt: NOW }, null, db, NOW);

      await expect(late).rejects.toMatchObject({ code: "changed_meanwhile" });
      expect(await findLinked("3")).toBeUndefined();
    });

    test("a request that is made again is the same one", async () => {
      await enter();
      await enter({ sub: "2" });
      await enter({ sub: "2" }, rules, NOW + 1);

      await linkSignOn({ id, askedAt: NOW }, null, db, NOW);

      expect(await findLinked("2")).toBe(id);
    });

    test("a subject that has another colleague's address now asks to be that one", async () => {
      const bob = { email: "bob@example.com", name: "Б", role: "seller", locale: "ru" } as const;
      await createPerson(bob, null, db, NOW);
      const bobs = (await findAccount(bob.email, db))?.id ?? "";
      await enter();
      await enter({ sub: "9", email: bob.email });

      await enter({ sub: "2" });
      await enter({ sub: "2", email: bob.email }, rules, NOW + 1);

      expect(await findLinkRequest(bobs, db)).toBe(NOW + 1);
      expect(await findLinkRequest(id, db)).toBeUndefined();
    });

    test("a disabled person is refused, linked or not, and the log says so", async () => {
      await enter();
      await disablePerson(id, null, db, NOW);

      expect(await enter()).toBe("disabled");
      expect(await enter({ sub: "2" })).toBe("disabled");
      expect(await enter({ email: "anna.new@example.com" })).toBe("disabled");
      expect(await readAudit(db)).toContainEqual({
        action: "sign_in_refused",
        person_id: id,
        subject_id: null,
        detail: '{"address":"203.0.113.7","reason":"disabled"}',
      });
    });

    test("a newcomer of the allowed domain becomes a seller", async () => {
      expect(await enter({ email: "new@example.com" })).toBeUndefined();

      expect(await listPeopleRows()).toEqual([
        { email: ANNA.email, role: "seller" },
        { email: "new@example.com", role: "seller" },
      ]);
    });

    test.each(["new@other.com", "new@evil-example.com", "new@example.com.evil.com", "new@sub.example.com"])(
      "%s is not of the allowed domain",
      async (email) => {
        expect(await enter({ email })).toBe("not_allowed");
        expect(await findAccount(email, db)).toBeUndefined();
      },
    );

    test("who has left the domain stays out, linked or not", async () => {
      await enter();

      expect(await enter({ email: "anna@other.com" })).toBe("not_allowed");
    });

    test("before the first admin nobody new comes in, and the link that makes one stays good", async () => {
      await emptyTables(db);

      expect(await enter()).toBe("not_allowed");
      expect(await isSetUp(db)).toBe(false);
    });

    test("without an allowed domain nobody new comes in, and people of ours do", async () => {
      const open = { ...rules, allowedDomain: undefined };

      expect(await authoriseOidc({ ...profile, email: "new@example.com" }, open, db, NOW)).toBe(
        "not_allowed",
      );
      expect(await authoriseOidc(profile, open, db, NOW)).toBeUndefined();
    });

    test.each([
      [["desk-heads"], "head"],
      [["desk-heads", "desk-admins"], "admin"],
      [["others"], "seller"],
      [[], "seller"],
    ])("the groups %o make the role %s at each sign-on", async (groups, role) => {
      await enter({ groups: ["desk-heads"] }, byRole);

      await enter({ groups }, byRole);

      expect(await listPeopleRows()).toEqual([{ email: ANNA.email, role }]);
      expect(await readAudit(db)).toContainEqual({
        action: "role_changed",
        person_id: id,
        subject_id: id,
        detail: '{"from":"seller","to":"head","how":"oidc"}',
      });
    });

    test("another role ends the sessions of the old one, and the last admin stays admin", async () => {
      await enter({ groups: ["desk-admins"] }, byRole);
      const session = await startSession(db, id, NOW);

      await enter({ groups: [] }, byRole);
      expect(await isSignedIn(db, session, NOW)).toBe(true);
      expect(await listPeopleRows()).toEqual([{ email: ANNA.email, role: "admin" }]);

      await addPerson(db, { role: "admin" });
      await enter({ groups: [] }, byRole);
      expect(await isSignedIn(db, session, NOW)).toBe(false);
    });
  });

  function keysOf(wanted: LimitKey["kind"]): string[] {
    return toLimitKeys(ANNA.email, HOME, SECRET)
      .filter(({ kind }) => kind === wanted)
      .map(({ key }) => key);
  }
});
