import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { getAuthOptions } from "@/lib/auth/options";
import type { Db } from "@/lib/db/client";
import { makeResetLink, setUp } from "@/lib/people/actions";
import { createPerson, createResetLink } from "@/lib/people/mutations";
import { createLink } from "@/lib/people/one-time-link";
import { listPeople } from "@/lib/people/queries";
import { choosePasswordByLink, replacePassword } from "@/lib/profile/actions";
import { choosePassword } from "@/lib/profile/mutations";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

beforeAll(() => {
  stubSettings("http://127.0.0.1:9");
  vi.stubEnv("OIDC_ISSUER", "https://sso.example.com");
  vi.stubEnv("OIDC_CLIENT_ID", "desk");
  vi.stubEnv("OIDC_CLIENT_SECRET", "a secret");
  vi.stubEnv("OIDC_ONLY", "1");
  vi.stubEnv("ADMIN_EMAIL", "admin@example.com");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

test("with OIDC_ONLY there is one way to sign in", () => {
  expect(getAuthOptions().providers.map(({ id }) => id)).toEqual(["oidc"]);
});

const ANNA = { name: "Анна", email: "anna@example.com", role: "seller", locale: "ru" } as const;
const PASSWORD = "correct horse battery";

describe.each(migratedDatabases)("with OIDC_ONLY, whoever calls, on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("nobody is added with a password", async () => {
    const added = createPerson({ ...ANNA, password: PASSWORD }, null, db);

    await expect(added).rejects.toMatchObject({ code: "passwords_off" });
    expect(await listPeople(db)).toEqual([]);
  });

  test("an invitation has no link, as it would lead to choosing a password", async () => {
    expect(await createPerson(ANNA, null, db)).toEqual({});

    expect(await listPeople(db)).toHaveLength(1);
    expect(await db.selectFrom("one_time_links").selectAll().execute()).toEqual([]);
  });

  test("no link for another password is made, and one from before sets none", async () => {
    const id = await addPerson(db);
    const token = await createLink("reset", id, db, Date.now());

    await expect(createResetLink(id, null, db)).rejects.toMatchObject({ code: "passwords_off" });
    await expect(choosePassword({ token, password: PASSWORD }, db)).rejects.toMatchObject({
      code: "passwords_off",
    });
  });
});

test.each(Object.entries({ setUp, makeResetLink, choosePasswordByLink, replacePassword }))(
  "with OIDC_ONLY %s sets no password",
  async (_, act) => {
    expect(await act({})).toEqual({ ok: false, code: "passwords_off" });
  },
);
