import { expect, test } from "vitest";
import { hashPassword, isPassword } from "@/lib/people/password";

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
