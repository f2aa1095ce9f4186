import { argon2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { hashPassword, isPassword, requireStrongPassword } from "@/lib/people/password";

test("a password matches its own hash only", async () => {
  const hash = await hashPassword("correct horse");

  expect(await isPassword("correct horse", hash)).toBe(true);
  expect(await isPassword("correct hors", hash)).toBe(false);
});

test("the same password has a different hash each time, and no hash contains it", async () => {
  const [first, second] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);

  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toContain("correct horse");
});

test.each(["", "plain", "$argon2id$v=19$m=1$x$y"])("a hash that reads %j matches nothing", async (hash) => {
  expect(await isPassword("", hash)).toBe(false);
});

const PERSON = { email: "anna.petrova@acme.example", name: "Анна Петрова" };

function problemOf(password: string): string | undefined {
  try {
    requireStrongPassword(password, PERSON);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields?.password : String(error);
  }
}

test.each(["1234567890", "qwertyuiop", "Password123", "1Q2W3E4R5T", "basketball"])(
  "%s is too common",
  (password) => {
    expect(problemOf(password)).toBe("password_common");
  },
);

test.each([
  "anna.petrova@acme.example",
  "Петрова1985",
  "АннаПетрова2026!",
  "petrova-anna-1",
  "acme acme acme",
  "LeadDesk2026",
])("%s is the person's own data", (password) => {
  expect(problemOf(password)).toBe("password_personal");
});

test.each(["correct horse battery", "Анна любит зимний лес", "k7#pQ2!xZ9", "длинная фраза"])(
  "%s may be chosen",
  (password) => {
    expect(problemOf(password)).toBeUndefined();
  },
);

test("an accent is the same in both its forms, also in hashes from before", async () => {
  const password = "crème brûlée";
  const composed = await hashPassword(password.normalize("NFC"));
  const decomposed = await hashPassword(password.normalize("NFD"));

  for (const hash of [composed, decomposed, await hashAsTyped(password.normalize("NFD"))]) {
    expect(await isPassword(password.normalize("NFC"), hash)).toBe(true);
    expect(await isPassword(password.normalize("NFD"), hash)).toBe(true);
    expect(await isPassword("creme brulee", hash)).toBe(false);
  }
});

/** As passwords were hashed before their form was made one. */
async function hashAsTyped(message: string): Promise<string> {
  const nonce = Buffer.from("a nonce of 16 by");
  const cost = { memory: 1024, passes: 1, parallelism: 1, tagLength: 32 };
  const key = argon2Sync("argon2id", { message, nonce, ...cost });
  return `$argon2id$v=19$m=1024,t=1,p=1$${nonce.toString("base64")}$${key.toString("base64")}`;
}
