import { Issuer, TokenSet } from "openid-client";
import { afterEach, describe, expect, test } from "vitest";
import type { OidcProfile } from "@/lib/auth/oidc-profile";
import { toOidcProvider } from "@/lib/auth/oidc-provider";
import { OIDC_CLIENT, startOidc, walkSignOn } from "@/tests/support/oidc";

const DESK = "http://desk.test";
const SECRETS = { state: "a state of the test", nonce: "a nonce of the test", code_verifier: "v".repeat(43) };
const ROLES = { claim: "groups", admin: "desk-admins", head: "desk-heads" };

type Manner = Parameters<typeof startOidc>[1];
type Change = { issuer?: string; nonce?: string };

let running: Awaited<ReturnType<typeof startOidc>> | undefined;

afterEach(() => {
  running?.close();
  running = undefined;
});

/** As next-auth calls our provider, from the discovery to the profile. */
async function signOn(manner: Manner, change: Change = {}, login = "subject-1"): Promise<OidcProfile> {
  running = await startOidc(DESK, manner);
  const provider = toOidcProvider({
    issuer: change.issuer ?? running.issuer,
    clientId: OIDC_CLIENT.OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT.OIDC_CLIENT_SECRET,
    allowedDomain: undefined,
    roles: ROLES,
  });
  const callbackUrl = `${DESK}/api/auth/callback/oidc`;
  const { Client } = await Issuer.discover(`${running.issuer}/.well-known/openid-configuration`);
  const client = new Client({
    client_id: OIDC_CLIENT.OIDC_CLIENT_ID,
    client_secret: OIDC_CLIENT.OIDC_CLIENT_SECRET,
    redirect_uris: [callbackUrl],
  });
  const start = client.authorizationUrl({
    scope: "openid email profile",
    state: SECRETS.state,
    nonce: change.nonce ?? SECRETS.nonce,
    code_challenge_method: "S256",
    code_challenge: await toChallenge(SECRETS.code_verifier),
  });
  const params = client.callbackParams(await walkSignOn(start, login, DESK));
  const context = { client, provider: { ...provider, callbackUrl, signinUrl: "" } };
  const { token, userinfo } = provider as never as {
    token: { request(context: object): Promise<{ tokens: TokenSet }> };
    userinfo: { request(context: object): Promise<OidcProfile> };
  };
  const { tokens } = await token.request({ ...context, params, checks: SECRETS });
  return userinfo.request({ ...context, tokens: new TokenSet(tokens) });
}

async function toChallenge(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return Buffer.from(hash).toString("base64url");
}

const ANNA = { email: "anna@example.com", name: "Анна" };

describe("a provider", () => {
  test.each([
    ["Google says it in the token", { ...ANNA, email_verified: true }, "both"],
    ["Keycloak says it in userinfo", { ...ANNA, email_verified: true }, "userinfo"],
    ["Entra has no email_verified and vouches by xms_edov", { ...ANNA, xms_edov: true }, "both"],
    ["Entra writes xms_edov as a text", { ...ANNA, xms_edov: "1" }, "token"],
    ["ADFS has claims in the ID token alone", { ...ANNA, email_verified: "true" }, "token"],
    ["Cognito writes email_verified as a text", { ...ANNA, email_verified: "true" }, "userinfo"],
  ] as const)("%s", async (_, claims, saidIn) => {
    const profile = await signOn({ toClaims: () => claims, saidIn });

    expect(profile).toMatchObject({ iss: running?.issuer, sub: "subject-1", ...ANNA });
  });

  test.each(["RS256", "ES256", "EdDSA"] as const)("may sign with %s", async (alg) => {
    const profile = await signOn({ toClaims: () => ({ ...ANNA, email_verified: true }), alg });

    expect(profile.email).toBe(ANNA.email);
  });

  test("may vouch for the e-mail in the ID token and have the name in userinfo alone", async () => {
    const email = { email: ANNA.email, email_verified: true, groups: [] };
    const toClaims = (_: string, use: string) => (use === "id_token" ? email : { ...email, name: ANNA.name });
    const profile = await signOn({ toClaims, saidIn: "both" });

    expect(profile).toMatchObject(ANNA);
  });

  test("may have no name, or null", async () => {
    const profile = await signOn({ toClaims: () => ({ ...ANNA, email_verified: true, name: null }) });

    expect(profile).toMatchObject({ email: ANNA.email, name: undefined });
  });

  test.each([
    { email_verified: false },
    { email_verified: "false" },
    { email_verified: false, xms_edov: true },
    { xms_edov: false },
    {},
  ])("that does not vouch for the e-mail gives none: %o", async (claims) => {
    const profile = await signOn({ toClaims: () => ({ ...ANNA, ...claims }), saidIn: "both" });

    expect(profile.email).toBeUndefined();
  });

  test.each([
    [
      ["desk-heads", "other"],
      ["desk-heads", "other"],
    ],
    ["desk-admins", ["desk-admins"]],
    [undefined, []],
  ])("may name the groups %o", async (groups, expected) => {
    const toClaims = () => ({ ...ANNA, email_verified: true, groups });
    const profile = await signOn({ toClaims, saidIn: "token" });

    expect(profile.groups).toEqual(expected);
  });
});

describe("nobody comes in", () => {
  const manner: Manner = { toClaims: () => ({ ...ANNA, email_verified: true }) };

  test("when the discovery names another issuer than the setting", async () => {
    await expect(signOn(manner, { issuer: "http://127.0.0.1:9" })).rejects.toThrow("another issuer");
  });

  test("with a token of another sign-on", async () => {
    await expect(signOn(manner, { nonce: "of somebody else" })).rejects.toThrow("nonce mismatch");
  });
});
