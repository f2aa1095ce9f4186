import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authorise } from "@/lib/auth/authorise";
import { authoriseOidc } from "@/lib/auth/authorise-oidc";
import { createDeviceMark } from "@/lib/auth/device";
import { recordSignIn } from "@/lib/auth/mutations";
import { toLimitKeys, type Visitor } from "@/lib/auth/to-limit-keys";
import type { Db } from "@/lib/db/client";
import { createPerson, disablePerson } from "@/lib/people/mutations";
import { findAccount, isSetUp } from "@/lib/people/queries";
import { changePassword } from "@/lib/profile/mutations";
import { readAudit } from "@/tests/support/audit";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";

const SECRET = "a secret of more than thirty-two bytes";
const NOW = 1_763_719_200_000;
const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
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
    await createPerson({ ...ANNA, name: "Анна", role: "seller", locale: "ru" }, null, db, NOW);
    id = (await findAccount(ANNA.email, db))?.id ?? "";
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("the right password lets in, whatever the letters' case of the e-mail", async () => {
    expect(await signIn(ANNA.password, HOME, NOW, " Anna@Example.com ")).toEqual({
      id,
      email: ANNA.email,
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
      await signIn("wrong", { address: `203.0.113.${tries}`, device: undefined }, now);
      const { blocked_until } = await db
        .selectFrom("sign_in_limits")
        .select("blocked_until")
        .where("key", "in", accountKey())
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

  test("a browser that has signed in before is not kept waiting by strangers", async () => {
    const known = { ...HOME, device: createDeviceMark(ANNA.email, SECRET) };
    for (let tries = 0; tries < 5; tries++) await signIn("wrong", ELSEWHERE);
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

  test("a sign-in forgives the account, and an address only the try it took", async () => {
    const limitKeys = toLimitKeys(ANNA.email, HOME, SECRET);
    for (let tries = 0; tries < 4; tries++) await signIn("wrong");
    await signIn(ANNA.password, HOME, NOW + 1);

    await recordSignIn(id, limitKeys, { how: "password" }, db, NOW + 1);

    const failures = await db.selectFrom("sign_in_limits").select(["key", "failures"]).execute();
    expect(failures).toContainEqual({ key: accountKey()[0], failures: 0 });
    expect(failures).toContainEqual({
      key: limitKeys.find(({ kind }) => kind === "address")?.key,
      failures: 4,
    });
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
    expect(Number(rows)).toBeLessThan(30);
    expect((await readAudit(db)).length).toBeLessThan(30);
  });

  test("what was tried long ago is forgotten, row and all", async () => {
    for (let tries = 0; tries < 5; tries++) await signIn("wrong");

    expect(toWait(await signIn("wrong", HOME, NOW + DAY))).toBeNull();
    const rows = await db.selectFrom("sign_in_limits").select("failures").execute();
    expect(rows).toEqual([{ failures: 1 }, { failures: 1 }]);
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
    const rules = { allowedDomain: "example.com", address: HOME.address };
    const profile = { email: ANNA.email, email_verified: true, name: "Анна" };

    test("a person of ours comes in by a confirmed e-mail, in any case of letters", async () => {
      expect(await authoriseOidc({ ...profile, email: "Anna@Example.com" }, rules, db, NOW)).toBeUndefined();
    });

    test.each([{ email_verified: false }, { email_verified: "true" }, { email_verified: undefined }])(
      "an e-mail that is not confirmed is refused: %o",
      async (claims) => {
        expect(await authoriseOidc({ ...profile, ...claims }, rules, db, NOW)).toBe("not_verified");
      },
    );

    test("a disabled person is refused, and the log says so", async () => {
      await disablePerson(id, null, db, NOW);

      expect(await authoriseOidc(profile, rules, db, NOW)).toBe("disabled");
      expect(await readAudit(db)).toContainEqual({
        action: "sign_in_refused",
        person_id: id,
        subject_id: null,
        detail: '{"address":"203.0.113.7","reason":"disabled"}',
      });
    });

    test("a newcomer of the allowed domain becomes a seller", async () => {
      expect(await authoriseOidc({ ...profile, email: "new@example.com" }, rules, db, NOW)).toBeUndefined();

      const people = await db.selectFrom("people").select(["email", "role"]).orderBy("email").execute();
      expect(people).toEqual([
        { email: ANNA.email, role: "seller" },
        { email: "new@example.com", role: "seller" },
      ]);
    });

    test.each(["new@other.com", "new@evil-example.com", "new@example.com.evil.com", "new@sub.example.com"])(
      "%s is not of the allowed domain",
      async (email) => {
        expect(await authoriseOidc({ ...profile, email }, rules, db, NOW)).toBe("not_allowed");
        expect(await findAccount(email, db)).toBeUndefined();
      },
    );

    test("before the first admin nobody new comes in, and the link that makes one stays good", async () => {
      await emptyTables(db);

      expect(await authoriseOidc(profile, rules, db, NOW)).toBe("not_allowed");
      expect(await isSetUp(db)).toBe(false);
    });

    test("without an allowed domain nobody new comes in, and people of ours do", async () => {
      const open = { allowedDomain: undefined, address: "" };

      expect(await authoriseOidc({ ...profile, email: "new@example.com" }, open, db, NOW)).toBe(
        "not_allowed",
      );
      expect(await authoriseOidc(profile, open, db, NOW)).toBeUndefined();
    });
  });

  function accountKey(): string[] {
    return toLimitKeys(ANNA.email, HOME, SECRET)
      .filter(({ kind }) => kind === "account")
      .map(({ key }) => key);
  }
});
