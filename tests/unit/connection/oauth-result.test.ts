import { expect, test, vi } from "vitest";
import { finishOauth } from "@/lib/account/handler";
import { finishAuthorisation } from "@/lib/account/oauth/authorise-at-kommo";
import { toOauthResult } from "@/lib/connection/queries";
import { AppError } from "@/lib/errors";

vi.mock("@/lib/account/oauth/authorise-at-kommo", () => ({ finishAuthorisation: vi.fn() }));

const RETURNED = new Request("http://desk.test/api/kommo/oauth?state=x&code=def502&referer=a.kommo.com");

test.each([
  [new AppError("code_spent"), "code_spent"],
  [new TypeError("the database is away"), "failed"],
])("whatever fails on the way back leads to an address without the code: %s", async (error, code) => {
  vi.mocked(finishAuthorisation).mockRejectedValue(error);

  const answer = await finishOauth(RETURNED, { personId: "a", session: "b" });

  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`/admin/kommo?oauth=${code}`);
});

test.each(["connected", "signed_out", "failed", "access_denied", "other_account"])(
  "the page says how it went: %s",
  (code) => {
    expect(toOauthResult(code)).toBe(code);
  },
);

test.each(["constructor", "__proto__", "toString", "code_spent.x", "", ["connected"], undefined])(
  "the page says nothing of what is no code: %j",
  (code) => {
    expect(toOauthResult(code)).toBeUndefined();
  },
);
