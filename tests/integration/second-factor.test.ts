import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Claims } from "@/lib/auth/claims";
import { createDeviceMark } from "@/lib/auth/device";
import { findSessionHolder } from "@/lib/auth/find-person-of-session";
import { createSession, recordAwaitedFactor } from "@/lib/auth/mutations";
import { countSignInAttempt } from "@/lib/auth/sign-in-limits";
import { toCodeLimitKeys, toLimitKeys, type Visitor } from "@/lib/auth/to-limit-keys";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { lockPerson } from "@/lib/people/lock-person";
import { createLink } from "@/lib/people/one-time-link";
import { hashPassword } from "@/lib/people/password";
import { choosePassword } from "@/lib/profile/mutations";
import { proveByCode, proveByPassword } from "@/lib/proof/mutations";
import { listProofWays } from "@/lib/proof/queries";
import { seal } from "@/lib/seal";
import {
  addFactor,
  confirmTotp,
  removeTotp,
  renewCodes,
  resetFactors,
  saveFactorRules,
  spendCode,
  startTotp,
} from "@/lib/second-factor/mutations";
import { getFactorRules, getFactors, getWaits } from "@/lib/second-factor/queries";
import type { FactorRules } from "@/lib/second-factor/schema";
import { readAudit } from "@/tests/support/audit";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson, isSignedIn, startSession, toCheapHash } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";
import { fromBase32, toCodeAt } from "@/tests/support/totp";

// At our own cost all these hashes take seconds of work; what one costs is held by the unit tests of passwords.
vi.mock("@/lib/people/password", async (load) => ({
  ...(await load<typeof import("@/lib/people/password")>()),
  hashPassword: async (password: string) => toCheapHash(password),
}));

const NOW = 1_763_719_200_000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const STEP = 30 * SECOND;
const EMAIL = "anna@example.com";
const PASSWORD = "correct horse";
const SECRET = "a secret of more than thirty-two bytes";
const ELSEWHERE: Visitor = { address: "198.51.100.9", device: undefined };

beforeAll(() => stubSettings("http://127.0.0.1:1"));

describe.each(migratedDatabases)("a second factor on $name", ({ open }) => {
  let db: Db;
  let id: string;
  let password_hash: string;
  let secret: Buffer;

  const toCode = (now: number) => toCodeAt(secret, now);
  const listActions = async () => (await readAudit(db)).map(({ action }) => action);
  const person = () => ({ id, email: EMAIL, name: "Анна", role: "admin" as const });

  /** Sets up the app half an hour ago, and returns the recovery codes. */
  async function setUpWhole(session?: string): Promise<string[]> {
    const then = NOW - 30 * MINUTE;
    session ??= (await startSession(db, id, then)).session;
    const begun = begin(then);
    return (await confirmTotp({ code: toCode(then), begun }, { id, session }, db, then)).codes;
  }
  /** The same without recovery codes. */
  async function setUp(): Promise<void> {
    const then = NOW - 30 * MINUTE;
    begin(then);
    const secret_sealed = seal(secret.toString("base64"), getEnv().secret, "totp secret");
    const app = { person_id: id, secret_sealed, confirmed_at: then };
    await db.insertInto("authenticators").values(app).execute();
  }
  /** A new secret; what confirms it later. */
  function begin(now: number): string {
    const sheet = startTotp(person(), now);
    secret = fromBase32(sheet.secret);
    return sheet.begun;
  }
  async function hold(claims: Claims, now = NOW) {
    const holder = await findSessionHolder(claims, db, now);
    if (!holder) throw new Error("the session has ended");
    return holder;
  }
  const startWaiting = () => startSession(db, id, NOW, { waitsFor: "factor" });
  /** One guess at the code of a sign-in; the code of the refusal. */
  async function guess(code: string, claims: Claims, now = NOW, visitor = ELSEWHERE) {
    const limitKeys = toCodeLimitKeys({ id, email: EMAIL }, visitor, SECRET);
    return proveByCode({ code }, await hold(claims, now), { limitKeys, address: "" }, db, now).then(
      () => "ok",
      (error) => error.code,
    );
  }

  beforeAll(async () => {
    db = await open();
    password_hash = await hashPassword(PASSWORD);
  });
  beforeEach(async () => {
    id = await addPerson(db, { email: EMAIL, role: "admin", password_hash });
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("an app counts once its first code was right, and brings ten recovery codes", async () => {
    const begun = begin(NOW);
    expect(await getFactors(id, db)).toEqual({ totpSince: null, codesLeft: 0, passkeys: [] });
    const owner = { id, session: (await startSession(db, id, NOW)).session };
    const wrong = toCode(NOW + 10 * STEP);
    await expect(confirmTotp({ code: wrong, begun }, owner, db, NOW)).rejects.toMatchObject({
      code: "invalid",
    });

    const { codes } = await confirmTotp({ code: toCode(NOW), begun }, owner, db, NOW);

    expect(codes).toHaveLength(10);
    expect(await getFactors(id, db)).toEqual({ totpSince: NOW, codesLeft: 10, passkeys: [] });
    expect(await listActions()).toEqual(["factor_added"]);
    const row = await db.selectFrom("authenticators").selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(secret.toString("base64").slice(0, 10));
  });

  test("the app moves to a new phone: the old one counts until the first code of the new one, and no longer", async () => {
    await setUp();
    const old = secret;
    const own = { id, session: (await startSession(db, id, NOW)).session };
    const begun = begin(NOW);
    expect(await spendCode(id, toCodeAt(old, NOW), db, NOW)).toEqual({});

    expect(await confirmTotp({ code: toCode(NOW), begun }, own, db, NOW)).toEqual({ codes: [] });

    const later = NOW + 2 * STEP;
    expect(await spendCode(id, toCodeAt(old, later), db, later)).toBeUndefined();
    expect(await spendCode(id, toCode(later), db, later)).toEqual({});
  });

  test("a secret is confirmed within half an hour, by the person for whom it was begun", async () => {
    const boris = await addPerson(db);
    const theirs = { id: boris, session: (await startSession(db, boris, NOW)).session };
    const own = { id, session: (await startSession(db, id, NOW)).session };
    const begun = begin(NOW);
    const late = NOW + 30 * MINUTE + 1;

    const refused = [
      confirmTotp({ code: toCode(NOW), begun }, theirs, db, NOW),
      confirmTotp({ code: toCode(late), begun }, own, db, late),
      confirmTotp({ code: toCode(NOW), begun: `${begun}x` }, own, db, NOW),
    ];

    for (const one of await Promise.allSettled(refused)) {
      expect(one).toMatchObject({ status: "rejected", reason: { code: "changed_meanwhile" } });
    }
  });

  test("a code is accepted once, also of two at the same moment, and none of an earlier step after it", async () => {
    await setUp();

    const both = await Promise.all([
      spendCode(id, toCode(NOW), db, NOW),
      spendCode(id, toCode(NOW), db, NOW),
    ]);

    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await spendCode(id, toCode(NOW), db, NOW)).toBeUndefined();
    expect(await spendCode(id, toCode(NOW - STEP), db, NOW)).toBeUndefined();
    expect(await spendCode(id, ` ${toCode(NOW + STEP).replace(/^.../, "$& ")}`, db, NOW)).toEqual({});
  });

  test("the code that set it up does not sign in", async () => {
    await setUpWhole();
    const then = NOW - 30 * MINUTE;

    expect(await spendCode(id, toCode(then), db, then)).toBeUndefined();
  });

  test("a recovery code works once, also twice at the same moment, and new ones replace those that are left", async () => {
    const [first = "", second = "", third = ""] = await setUpWhole();

    const both = await Promise.all([spendCode(id, first, db, NOW), spendCode(id, first, db, NOW)]);

    expect(both.filter(Boolean)).toEqual([{ codesLeft: 9 }]);
    expect(await spendCode(id, second.toUpperCase(), db, NOW)).toEqual({ codesLeft: 8 });
    const { codes } = await renewCodes(id, db, NOW);
    expect(await spendCode(id, third, db, NOW)).toBeUndefined();
    expect(await spendCode(id, codes[0] ?? "", db, NOW)).toEqual({ codesLeft: 9 });
    expect(await listActions()).toEqual(
      expect.arrayContaining(["factor_added", "recovery_code_used", "recovery_codes_made"]),
    );
  });

  test("a session that waits opens nothing, and everything once the code was right", async () => {
    await setUp();
    const claims = await startWaiting();
    expect(await isSignedIn(db, claims, NOW)).toBe(false);
    const password = proveByPassword({ password: PASSWORD }, await hold(claims), "", db, NOW);
    await expect(password).rejects.toMatchObject({ code: "signed_out" });

    expect(await guess(toCode(NOW), claims)).toBe("ok");

    expect(await isSignedIn(db, claims, NOW)).toBe(true);
    expect(await hold(claims)).toMatchObject({ waitsFor: null, isProven: true });
    expect((await readAudit(db)).at(-1)).toMatchObject({
      action: "signed_in",
      detail: JSON.stringify({ how: "code", address: "" }),
    });
  });

  test("it waits for half an hour", async () => {
    const claims = await startWaiting();

    expect(await findSessionHolder(claims, db, NOW + 30 * MINUTE)).toBeDefined();
    expect(await findSessionHolder(claims, db, NOW + 30 * MINUTE + 1)).toBeUndefined();
  });

  test("five guesses are free, then each has to wait, from wherever it comes; a known browser does not", async () => {
    await setUp();
    const claims = await startWaiting();
    for (let count = 0; count < 5; count++) expect(await guess("000000", claims)).toBe("invalid");

    expect(await guess(toCode(NOW), claims, NOW, { address: "203.0.113.1", device: undefined })).toBe("wait");
    const device = createDeviceMark(EMAIL, SECRET);
    expect(await guess(toCode(NOW), claims, NOW, { ...ELSEWHERE, device })).toBe("ok");
    expect((await listActions()).filter((action) => action === "proof_refused")).toHaveLength(5);
  });

  test("twenty guesses at the same moment gain nothing over one after the other", async () => {
    await setUp();
    const claims = await startWaiting();

    const answers = await Promise.all(Array.from({ length: 20 }, () => guess("000000", claims)));

    expect(answers.filter((answer) => answer === "invalid")).toHaveLength(5);
    expect(answers.filter((answer) => answer === "wait")).toHaveLength(15);
  });

  test("who must have one and has none sets it up first, and the session is open then", async () => {
    await saveFactorRules({ roles: ["admin"], afterSignOn: false }, id, db, NOW);
    const byPassword = { id, role: "admin", isByOidc: false };
    expect(await getWaits(byPassword, db)).toBe("set_up");
    expect(await getWaits({ ...byPassword, role: "seller" }, db)).toBeNull();
    expect(await getWaits({ ...byPassword, isByOidc: true }, db)).toBeNull();
    const claims = await startSession(db, id, NOW, { waitsFor: "set_up" });
    expect(await isSignedIn(db, claims, NOW)).toBe(false);

    await setUpWhole(claims.session);

    expect(await isSignedIn(db, claims, NOW)).toBe(true);
    expect(await getWaits(byPassword, db)).toBe("factor");
  });

  test("the first one ends the person's other sessions, also those that wait to set one up", async () => {
    const own = await startSession(db, id, NOW, { waitsFor: "set_up" });
    const waiting = await startSession(db, id, NOW, { waitsFor: "set_up" });
    const open = await startSession(db, id, NOW);

    await setUpWhole(own.session);

    expect(await findSessionHolder(waiting, db, NOW)).toBeUndefined();
    expect(await isSignedIn(db, open, NOW)).toBe(false);
    const adding = addFactor({ id, session: waiting.session }, "passkey", db, NOW, async () => undefined);
    await expect(adding).rejects.toMatchObject({ code: "signed_out" });
  });

  test("a session that waits to set one up stays shut when its person has one by now", async () => {
    const waiting = await startSession(db, id, NOW, { waitsFor: "set_up" });
    await setUp();

    const adding = addFactor({ id, session: waiting.session }, "passkey", db, NOW, async () => undefined);

    await expect(adding).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(await isSignedIn(db, waiting, NOW)).toBe(false);
    expect(await listActions()).toEqual([]);
  });

  test("a sign-in that began before the first one was added waits for it", async () => {
    const begun = { sub: id, version: 1, browser: null };
    const toWaits = (tx: Db) => getWaits({ id, role: "admin", isByOidc: false }, tx);
    const started: ReturnType<typeof createSession>[] = [];
    await db.transaction().execute(async (tx) => {
      await lockPerson(id, tx);
      started.push(createSession({ ...begun, toWaits }, db, NOW));
      const app = { person_id: id, secret_sealed: "", confirmed_at: NOW };
      await tx.insertInto("authenticators").values(app).execute();
    });

    expect(await Promise.all(started)).toMatchObject([{ waitsFor: "factor" }]);
  });

  test("a further one ends no open session and brings no codes", async () => {
    const own = await startSession(db, id, NOW);
    const other = await startSession(db, id, NOW);
    const waiting = await startWaiting();
    await setUp();

    const { codes } = await addFactor({ ...own, id }, "passkey", db, NOW, async () => undefined);

    expect(codes).toEqual([]);
    expect(await isSignedIn(db, other, NOW)).toBe(true);
    expect(await findSessionHolder(waiting, db, NOW)).toBeUndefined();
  });

  test("a reset while the codes of a first one are made adds nothing", async () => {
    const own = await startSession(db, id, NOW, { waitsFor: "set_up" });

    const [adding] = await Promise.allSettled([
      addFactor({ id, session: own.session }, "passkey", db, NOW, async () => undefined),
      resetFactors(id, null, db, NOW),
    ]);

    expect(adding).toMatchObject({ status: "rejected", reason: { code: "signed_out" } });
    expect(await getFactors(id, db)).toMatchObject({ codesLeft: 0 });
  });

  test("two admins who save the rules at once get one of the two", async () => {
    const wanted: FactorRules[] = [
      { roles: ["seller", "admin"], afterSignOn: false },
      { roles: ["head", "admin"], afterSignOn: true },
    ];

    await Promise.all(wanted.map((rules) => saveFactorRules(rules, id, db, NOW)));

    expect(wanted).toContainEqual(await getFactorRules(db));
  });

  test("setting one up does not open a session that waits for one", async () => {
    const claims = await startWaiting();

    await setUpWhole(claims.session);

    expect(await isSignedIn(db, claims, NOW)).toBe(false);
  });

  test("single sign-on is the provider's business, unless the rules say otherwise", async () => {
    await setUp();
    const byOidc = { id, role: "admin", isByOidc: true };

    expect(await getWaits(byOidc, db)).toBeNull();
    await saveFactorRules({ roles: [], afterSignOn: true }, id, db, NOW);
    expect(await getWaits(byOidc, db)).toBe("factor");
    expect((await readAudit(db)).at(-1)?.detail).toBe('{"required":"","afterSignOn":true}');
  });

  test("the last one is kept where the role needs one, and else goes with its recovery codes", async () => {
    await setUpWhole();
    await saveFactorRules({ roles: ["admin"], afterSignOn: false }, id, db, NOW);
    await expect(removeTotp(person(), db, NOW)).rejects.toMatchObject({ code: "factor_needed" });
    expect(await getFactors(id, db)).toMatchObject({ codesLeft: 10 });

    await saveFactorRules({ roles: ["head"], afterSignOn: false }, id, db, NOW);
    await removeTotp(person(), db, NOW);

    expect(await getFactors(id, db)).toEqual({ totpSince: null, codesLeft: 0, passkeys: [] });
    expect(await getWaits({ id, role: "admin", isByOidc: false }, db)).toBeNull();
  });

  test("a reset removes everything and ends the sessions", async () => {
    await setUp();
    const claims = await startSession(db, id, NOW);

    await resetFactors(id, null, db, NOW);

    expect(await getFactors(id, db)).toEqual({ totpSince: null, codesLeft: 0, passkeys: [] });
    expect(await isSignedIn(db, claims, NOW)).toBe(false);
    expect((await readAudit(db)).at(-1)).toMatchObject({
      action: "factor_reset",
      person_id: null,
      subject_id: id,
    });
  });

  test("a proof holds for ten minutes in its session; a password gives a new one, after so many tries", async () => {
    const claims = await startSession(db, id, NOW, { provenAt: NOW });
    const later = NOW + 10 * MINUTE;
    expect(await hold(claims, later - 1)).toMatchObject({ isProven: true });
    expect(await hold(claims, later)).toMatchObject({ isProven: false });
    const prove = async (password: string) =>
      proveByPassword({ password }, await hold(claims, later), "", db, later).then(
        () => "ok",
        (error) => error.code,
      );

    expect(await prove("wrong")).toBe("invalid");
    expect(await prove(PASSWORD)).toBe("ok");
    expect(await hold(claims, later)).toMatchObject({ isProven: true });
    for (let count = 0; count < 5; count++) expect(await prove("wrong")).toBe("invalid");
    expect(await prove(PASSWORD)).toBe("wait");
  });

  test("a session that has ended meanwhile is not proven", async () => {
    await setUp();
    const claims = await startWaiting();
    const holder = await hold(claims);
    await db.deleteFrom("sessions").execute();
    const given = { limitKeys: toCodeLimitKeys(person(), ELSEWHERE, SECRET), address: "" };

    const proof = proveByCode({ code: toCode(NOW) }, holder, given, db, NOW);

    await expect(proof).rejects.toMatchObject({ code: "signed_out" });
    expect(await listActions()).not.toContain("signed_in");
  });

  test("the ways to prove it are those that a person has; a password is one where there is no factor", async () => {
    expect(await listProofWays(id, true, db)).toEqual(["password"]);
    expect(await listProofWays(id, false, db)).toEqual([]);
    await setUp();

    expect(await listProofWays(id, true, db)).toEqual(["totp"]);
    expect(await listProofWays(id, false, db)).toEqual(["totp"]);
  });

  test("who has a factor proves nothing with the password", async () => {
    await setUp();
    const claims = await startSession(db, id, NOW);

    const proof = proveByPassword({ password: PASSWORD }, await hold(claims), "", db, NOW);

    await expect(proof).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(await hold(claims)).toMatchObject({ isProven: false });
  });

  test("a right password that stops at the factor is in the log and is no wrong try", async () => {
    const visitor = { address: "203.0.113.7", device: undefined };
    const limitKeys = toLimitKeys(EMAIL, visitor, SECRET);
    for (let count = 0; count < 5; count++) await countSignInAttempt(limitKeys, db, NOW);

    await recordAwaitedFactor(id, limitKeys, { how: "password", address: visitor.address }, db, NOW);

    expect(await countSignInAttempt(limitKeys, db, NOW)).toBe(0);
    expect(await readAudit(db)).toMatchObject([
      {
        action: "factor_awaited",
        person_id: id,
        detail: JSON.stringify({ how: "password", address: visitor.address }),
      },
    ]);
  });

  test("a session does not open when its sign-in cannot be recorded", async () => {
    await setUp();
    const claims = await startWaiting();
    const given = { limitKeys: toCodeLimitKeys(person(), ELSEWHERE, SECRET), address: "" };

    const proof = proveByCode({ code: toCode(NOW) }, await hold(claims), given, withoutAudit(db), NOW);

    await expect(proof).rejects.toThrow("no log");
    expect(await isSignedIn(db, claims, NOW)).toBe(false);
  });

  test("a link for a new password marks the browser only where the password is all that is asked for", async () => {
    const choose = async () => {
      const token = await createLink("reset", id, db, NOW);
      return (await choosePassword({ token, password: "a longer sentence" }, db, NOW)).waitsFor;
    };

    expect(await choose()).toBeNull();
    await saveFactorRules({ roles: ["admin"], afterSignOn: false }, id, db, NOW);
    expect(await choose()).toBe("set_up");
    await setUp();
    expect(await choose()).toBe("factor");
  });
});

/** The same database, in which no line of the log can be written. */
function withoutAudit(db: Db): Db {
  return db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind === "InsertQueryNode" && JSON.stringify(node.into).includes('"audit'))
        throw new Error("no log");
      return node;
    },
    transformResult: async ({ result }) => result,
  });
}
