import { expect, test } from "vitest";
import { toOidcProfile } from "@/lib/auth/oidc-profile";

const toTime = (auth_time: unknown) =>
  toOidcProfile({ iss: "https://sso.example.com", sub: "anna", auth_time }, { auth_time: 7 }, undefined)
    .authenticatedAt;

test("when the provider asked is read from the ID token alone, in seconds", () => {
  expect(toTime(1_763_719_200)).toBe(1_763_719_200_000);
  expect(toTime(undefined)).toBeUndefined();
  expect(toTime("1763719200")).toBeUndefined();
  expect(toTime(Number.NaN)).toBeUndefined();
});
