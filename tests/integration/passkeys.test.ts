import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Claims } from "@/lib/auth/claims";
import { findSessionHolder } from "@/lib/auth/find-person-of-session";
import type { Db } from "@/lib/db/client";
import { proveByPasskey } from "@/lib/proof/mutations";
import {
  addPasskey,
  askForPasskey,
  isPasskeyAnswer,
  removePasskey,
  renamePasskey,
  startPasskey,
} from "@/lib/second-factor/passkeys";
import { getFactors } from "@/lib/second-factor/queries";
import { newPasskeySchema, type PasskeyAnswer, passkeyAnswerSchema } from "@/lib/second-factor/schema";
import { readAudit } from "@/tests/support/audit";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { createSoftKey } from "@/tests/support/passkey";
import { addPerson, isSignedIn, startSession } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const ORIGIN = "http://desk.test";
const NOW = 1_763_719_200_000;

beforeAll(() => stubSettings("http://127.0.0.1:1"));

describe.each(migratedDatabases)("passkeys on $name", ({ open }) => {
  let db: Db;
  let id: string;
  let claims: Claims;
  let key: ReturnType<typeof createSoftKey>;

  const person = () => ({ id, email: "anna@example.com", name: "Анна", role: "seller" as const });
  const owner = () => ({ id, session: claims.session });
  const add = async (made = key, name = "Ключ") => {
    const answer = made.make(await startPasskey(person(), claims.session, db));
    return addPasskey(newPasskeySchema.parse({ name, answer }), owner(), db, NOW);
  };
  const ask = () => askForPasskey(id, claims.session, db);
  const check = (answer: PasskeyAnswer) => isPasskeyAnswer(answer, owner(), db, NOW);

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    id = await addPerson(db);
    claims = await startSession(db, id, NOW, { waitsFor: "factor" });
    key = createSoftKey(ORIGIN);
    // So that a passkey is not the first factor, whose recovery codes take long to hash.
    const app = { person_id: id, secret_sealed: "", confirmed_at: 0 };
    await db.insertInto("authenticators").values(app).execute();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("the first brings recovery codes, the next none, and each keeps its name and its last use", async () => {
    await db.deleteFrom("authenticators").execute();
    expect((await add()).codes).toHaveLength(10);
    const other = createSoftKey(ORIGIN);
    expect((await add(other, "Телефон")).codes).toEqual([]);

    expect(await check(key.use(await ask()))).toBe(true);

    const { passkeys } = await getFactors(id, db);
    expect(new Map(passkeys.map(({ name, usedAt }) => [name, usedAt]))).toEqual(
      new Map([
        ["Ключ", NOW],
        ["Телефон", null],
      ]),
    );
  });

  test("an answer counts once, also twice at the same moment", async () => {
    await add();
    const answer = passkeyAnswerSchema.parse(key.use(await ask()));

    const both = await Promise.allSettled([check(answer), check(answer)]);

    expect(both.filter((one) => one.status === "fulfilled" && one.value)).toHaveLength(1);
    await expect(check(answer)).rejects.toMatchObject({ code: "invalid" });
    await ask();
    expect(await check(answer)).toBe(false);
  });

  test("an answer for another site, of another key or of another person's key is refused", async () => {
    await add();
    const elsewhere = createSoftKey("https://evil.example");
    await expect(add(elsewhere)).rejects.toMatchObject({ code: "invalid" });
    expect(await check(createSoftKey(ORIGIN).use(await ask()))).toBe(false);
    const { signature } = createSoftKey(ORIGIN).use(await ask()).response;
    const own = key.use(await ask());
    expect(await check({ ...own, response: { ...own.response, signature } })).toBe(false);

    const boris = await addPerson(db);
    const theirs = await startSession(db, boris, NOW);
    const asked = await askForPasskey(boris, theirs.session, db);
    const answer = key.use(asked);
    expect(await isPasskeyAnswer(answer, { id: boris, session: theirs.session }, db, NOW)).toBe(false);
  });

  test("a copy that has signed less often than its original is refused", async () => {
    await add();
    const first = await ask();
    const copied = { challenge: first.challenge, rpId: first.rpId };
    expect(await check(key.use(copied))).toBe(true);
    await db.updateTable("passkeys").set({ counter: 10 }).execute();

    expect(await check(key.use(await ask()))).toBe(false);
  });

  test("it completes a sign-in, and what was refused is in the log", async () => {
    await add();
    const holder = await findSessionHolder(claims, db, NOW);
    if (!holder) throw new Error("the session has ended");
    const from = { limitKeys: [{ kind: "person" as const, key: "anna" }], address: "203.0.113.7" };
    const wrong = createSoftKey(ORIGIN).use(await ask());
    await expect(proveByPasskey(wrong, holder, from, db, NOW)).rejects.toMatchObject({ code: "invalid" });
    expect(await isSignedIn(db, claims, NOW)).toBe(false);

    await proveByPasskey(key.use(await ask()), holder, from, db, NOW);

    expect(await isSignedIn(db, claims, NOW)).toBe(true);
    const lines = (await readAudit(db)).map(
      ({ action, detail }) => `${action} ${JSON.parse(detail ?? "{}").how}`,
    );
    expect(lines.toSorted()).toEqual(["factor_added passkey", "proof_refused passkey", "signed_in passkey"]);
  });

  test("one is renamed by its person alone, and the log says so", async () => {
    await add();
    const [passkey] = (await getFactors(id, db)).passkeys;
    const boris = await addPerson(db);
    const renamed = { id: passkey?.id ?? "", name: "Телефон" };
    await expect(renamePasskey(renamed, boris, db, NOW)).rejects.toMatchObject({ code: "changed_meanwhile" });

    await renamePasskey(renamed, id, db, NOW);

    expect((await getFactors(id, db)).passkeys).toMatchObject([{ name: "Телефон" }]);
    expect((await readAudit(db)).filter(({ action }) => action === "passkey_renamed")).toHaveLength(1);
  });

  test("one that is removed is gone, and nobody removes a colleague's", async () => {
    await add();
    const [passkey] = (await getFactors(id, db)).passkeys;
    const boris = { ...person(), id: await addPerson(db) };
    const theirs = removePasskey(passkey?.id ?? "", boris, db, NOW);
    await expect(theirs).rejects.toMatchObject({ code: "changed_meanwhile" });

    await removePasskey(passkey?.id ?? "", person(), db, NOW);

    expect((await getFactors(id, db)).passkeys).toEqual([]);
  });
});
