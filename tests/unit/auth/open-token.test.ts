import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { openToken } from "@/lib/auth/open-token";

const SECRET = "a secret of more than thirty-two bytes";
const OTHER = "another secret of more than thirty-two";
const CLAIMS = { sub: "anna", version: 1, session: "one" };
const A_MINUTE = 60;

const makeToken = (maxAge = A_MINUTE) => encode({ token: CLAIMS, secret: SECRET, maxAge });

test("a token says the same however often it comes", async () => {
  const token = await makeToken();

  expect(await openToken(token, SECRET)).toEqual(CLAIMS);
  expect(await openToken(token, SECRET)).toEqual(CLAIMS);
});

test("a token that has expired opens nothing, also one that was opened before", async () => {
  const expired = await makeToken(-A_MINUTE);
  const token = await makeToken();
  await openToken(token, SECRET);

  expect(await openToken(expired, SECRET)).toBeUndefined();
  expect(await openToken(undefined, SECRET)).toBeUndefined();
  // Beyond its end it is opened anew, by the clock of the machine.
  expect(await openToken(token, SECRET, Date.now() + 2 * A_MINUTE * 1000)).toEqual(CLAIMS);
});

test("what was opened under one secret opens nothing under another, and nothing that was changed", async () => {
  const token = await makeToken();
  await openToken(token, SECRET);

  expect(await openToken(token, OTHER)).toBeUndefined();
  expect(await openToken(`${token.slice(0, -2)}AA`, SECRET)).toBeUndefined();
  expect(await openToken("nonsense", SECRET)).toBeUndefined();
});
