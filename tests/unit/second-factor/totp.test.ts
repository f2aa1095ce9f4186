import { describe, expect, test } from "vitest";
import { createRecoveryCodes, toRecoveryCode } from "@/lib/second-factor/recovery-codes";
import { toTotpSheet } from "@/lib/second-factor/to-totp-sheet";
import { createTotpSecret, findTotpStep, toBase32, toTotpCode } from "@/lib/second-factor/totp";

const SECRET = Buffer.from("12345678901234567890");
const SECOND = 1000;

describe("codes of an app", () => {
  // RFC 6238, appendix B, SHA-1.
  test.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at %i seconds the RFC has %s", (seconds, code) => {
    expect(toTotpCode(SECRET, Math.floor(seconds / 30), 8)).toBe(code);
  });

  test("the step before and the step after are accepted, and no other", () => {
    const now = 1_111_111_111 * SECOND;
    const current = Math.floor(now / 30_000);
    const found = [-2, -1, 0, 1, 2].map((more) =>
      findTotpStep(SECRET, toTotpCode(SECRET, current + more), now),
    );

    expect(found).toEqual([undefined, current - 1, current, current + 1, undefined]);
  });

  test.each(["", "1", "0000000", "abcdef"])("%o is no code", (code) => {
    expect(findTotpStep(SECRET, code, 59 * SECOND)).toBeUndefined();
  });

  // RFC 4648, section 10.
  test.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("%o is %o in base 32", (text, expected) => {
    expect(toBase32(Buffer.from(text))).toBe(expected);
  });

  test("a secret has 160 bits, and its QR code a quiet zone of four dots", () => {
    const { secret, qr } = toTotpSheet(createTotpSecret(), "анна@example.com");

    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const dots = [...qr.path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
    expect(dots.join("")).not.toBe("");
    expect([Math.min(...dots), Math.max(...dots)]).toEqual([4, qr.size - 5]);
  });
});

describe("recovery codes", () => {
  test("are ten, and each is read back however it is typed", () => {
    const codes = createRecoveryCodes();

    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
      expect(toRecoveryCode(` ${code.toUpperCase().replace("-", "  ")} `)).toBe(code.replace("-", ""));
    }
  });

  test("O is read as 0, and I and L as 1", () => {
    expect(toRecoveryCode("OoIiL-abcde")).toBe("00111abcde");
  });

  test.each(["", "123456", "a1b2c-3d4e", "a1b2c-3d4e56", "u1b2c-3d4e5"])("%o is none", (typed) => {
    expect(toRecoveryCode(typed)).toBeUndefined();
  });
});
