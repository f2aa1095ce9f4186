import { expect, test } from "vitest";
import { toOwnPage } from "@/components/sign-in/sign-in";

const DESK = "http://desk.test";

test.each([
  ["/leads", `${DESK}/leads`],
  ["/leads?state=held#first", `${DESK}/leads?state=held#first`],
  [`${DESK}/leads/1`, `${DESK}/leads/1`],
  ["leads", `${DESK}/leads`],
])("signing in leads back to %s", (address, page) => {
  expect(toOwnPage(address, DESK)).toBe(page);
});

test.each([
  "/.//evil.example",
  "http://desk.test//evil.example/x",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example/leads",
  "http://desk.test.evil.example",
  "http://desk.test@evil.example",
  "javascript:alert(1)",
  "blob:http://desk.test/1",
  "http://",
  "",
  undefined,
])("signing in never leads to another host: %s", (address) => {
  const page = toOwnPage(address, DESK);

  expect(new URL(page, DESK).origin).toBe(DESK);
});
