import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { toSessionCookie, toSignOnCookies } from "@/lib/auth/claims";
import { stubSettings } from "@/tests/support/settings";

beforeAll(() => {
  stubSettings("http://127.0.0.1:9");
  vi.stubEnv("NEXTAUTH_URL", "https://leads.example.com");
});
afterAll(() => {
  vi.unstubAllEnvs();
});

// What a browser demands of the prefix: secure, this host alone, and all of its paths.
test.each(Object.entries({ session: toSessionCookie, ...toEach() }))(
  "over https the cookie of the %s belongs to this host alone",
  (_, toCookie) => {
    const { name, options } = toCookie();

    expect(name).toMatch(/^__Host-next-auth\./);
    expect(options).toMatchObject({ secure: true, path: "/", httpOnly: true, sameSite: "lax" });
    expect(options).not.toHaveProperty("domain");
  },
);

function toEach() {
  const names = ["callbackUrl", "pkceCodeVerifier", "state", "nonce"] as const;
  return Object.fromEntries(names.map((name) => [name, () => toSignOnCookies()[name]]));
}
