import { Amo } from "@shevernitskiy/amo";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Practice, startPractice } from "../../practice/server.ts";

const REDIRECT = "http://127.0.0.1:3000/api/kommo/oauth";
const DAY_MS = 24 * 60 * 60_000;

let kommo: Practice;
let clock: number;

beforeEach(async () => {
  clock = Date.now();
  kommo = await startPractice({ requestsPerSecond: 0, now: () => clock });
});
afterEach(() => kommo.close());

type Tokens = { access_token: string; refresh_token: string; expires_in: number; server_time: number };

async function post(fields: object, isForm = false) {
  const { clientId, clientSecret } = kommo.control.integration();
  const whole = { client_id: clientId, client_secret: clientSecret, redirect_uri: REDIRECT, ...fields };
  const answer = await fetch(`${kommo.url}/oauth2/access_token`, {
    method: "POST",
    ...(isForm
      ? { body: new URLSearchParams(whole) }
      : { body: JSON.stringify(whole), headers: { "content-type": "application/json" } }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function connect(): Promise<Tokens> {
  return (await post({ grant_type: "authorization_code", code: kommo.control.issueCode() })).body;
}
const refresh = (refresh_token: string, more = {}) =>
  post({ grant_type: "refresh_token", refresh_token, ...more });

async function readAccount(token: string, url = kommo.url): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${url}/api/v4/account`, { headers, redirect: "manual" })).status;
}

describe("codes and tokens", () => {
  test("a code opens the account once, as JSON or as a form", async () => {
    const code = kommo.control.issueCode();

    const first = await post({ grant_type: "authorization_code", code }, true);
    const second = await post({ grant_type: "authorization_code", code });

    expect(first).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 86_400 } });
    expect(await readAccount(first.body.access_token)).toBe(200);
    expect(second).toMatchObject({ status: 400, body: { hint: "Authorization code has been revoked" } });
  });

  test.each([
    ["a made-up code", { code: "def502" }, "Cannot decrypt the authorization code"],
    ["another redirect URI", { redirect_uri: `${REDIRECT}/` }, "Invalid redirect URI"],
    ["another integration", { client_id: "other" }, "Check the `client_id` parameter"],
    ["a wrong secret", { client_secret: "other" }, "Check the `client_secret` parameter"],
    ["another grant", { grant_type: "password" }, "Check the `grant_type` parameter"],
  ])("%s is refused in Kommo's words", async (_, wrong, hint) => {
    const code = kommo.control.issueCode();

    const answer = await post({ grant_type: "authorization_code", code, ...wrong });

    expect(answer).toMatchObject({ status: 400, body: { hint, type: expect.stringContaining("OAuth") } });
  });

  test("a code ends after twenty minutes", async () => {
    const code = kommo.control.issueCode();
    clock += 20 * 60_000;

    const { body } = await post({ grant_type: "authorization_code", code });

    expect(body.hint).toBe("Authorization code has expired");
  });

  test("a refresh token works once, and its old pair is dead at once", async () => {
    const old = await connect();

    const { body: renewed } = await refresh(old.refresh_token);

    expect(await readAccount(old.access_token)).toBe(401);
    expect(await readAccount(renewed.access_token)).toBe(200);
    expect(await refresh(old.refresh_token)).toMatchObject({ body: { hint: "Token has been revoked" } });
  });

  test("an access token ends after a day, and its refresh token after three months", async () => {
    const old = await connect();
    clock += DAY_MS;

    expect(await readAccount(old.access_token)).toBe(401);
    clock += 89 * DAY_MS;

    expect(await refresh(old.refresh_token)).toMatchObject({ body: { hint: "Token has expired" } });
  });

  test("an answer that is cut off has changed the pair all the same", async () => {
    const old = await connect();
    kommo.failNext({ kind: "cut-after", path: "/oauth2/access_token" });

    await expect(refresh(old.refresh_token)).rejects.toThrow();

    expect(await readAccount(old.access_token)).toBe(401);
  });
});

describe("a person's pages", () => {
  test.each([
    ["allow", { code: expect.any(String), platform: "2", state: "s" }],
    ["deny", { error: "access_denied", state: "s" }],
  ])("%s leads back to the integration", async (answer, expected) => {
    const { clientId } = kommo.control.integration();
    const page = await fetch(`${kommo.url}/oauth?client_id=${clientId}&state=s&mode=popup`);
    expect(await page.text()).toContain(">Allow</button>");

    const pressed = await fetch(`${kommo.url}/oauth`, {
      method: "POST",
      body: new URLSearchParams({ client_id: clientId, state: "s", answer }),
      headers: { origin: kommo.url },
      redirect: "manual",
    });

    const to = new URL(pressed.headers.get("location") ?? "");
    expect(to.href.startsWith(REDIRECT)).toBe(true);
    expect(Object.fromEntries(to.searchParams)).toMatchObject(expected);
    const foreign = await fetch(`${kommo.url}/oauth`, { method: "POST", body: "answer=allow" });
    expect(foreign.status).toBe(403);
  });

  test("disabling ends all tokens of the integration until it is allowed again", async () => {
    const tokens = await connect();

    await kommo.control.disableIntegration();

    expect(await readAccount(tokens.access_token)).toBe(401);
    expect(await readAccount(kommo.token)).toBe(200);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
    expect(await readAccount((await connect()).access_token)).toBe(200);
  });
});

describe("clients that others wrote", () => {
  test.each(["401", "404", "redirect"] as const)(
    "the official PHP client finds a renamed account whose old address answers %s",
    async (oldHost) => {
      const tokens = await connect();
      kommo.control.setSwitch("oldHost", oldHost);
      kommo.control.renameHost("localhost");
      const port = new URL(kommo.url).port;

      // Its order of calls (docs/kommo-api.md §7.2): the refresh is refused, the shared host names the domain, and once more.
      const first = await fetch(`${kommo.url}/oauth2/access_token`, { method: "POST", redirect: "manual" });
      const asked = await fetch(`${kommo.url}/oauth2/account/current/subdomain`, {
        headers: { "X-Refresh-Token": tokens.refresh_token },
      });
      const { domain } = await asked.json();

      expect([401, 404, 301]).toContain(first.status);
      expect(domain).toBe(`localhost:${port}`);
      expect(await readAccount(tokens.access_token)).not.toBe(200);
      expect(await readAccount(tokens.access_token, `http://${domain}`)).toBe(200);
    },
  );

  test("@shevernitskiy/amo gets its tokens by a code, and renews them", async () => {
    const { clientId, clientSecret } = kommo.control.integration();
    const renewed: string[] = [];
    const auth = { client_id: clientId, client_secret: clientSecret, redirect_uri: REDIRECT };
    const tokens = await connect();
    const amo = new Amo(
      new URL(kommo.url).host,
      { ...auth, ...tokens, token_type: "Bearer", expires_at: 0 },
      { on_token: (token: { access_token: string }) => void renewed.push(token.access_token) },
    );
    Object.assign(amo.raw, { url_base: kommo.url });

    expect((await amo.account.getAccount()).subdomain).toBe("intermigro");

    expect(renewed).toHaveLength(1);
    expect(await readAccount(renewed[0] ?? "")).toBe(200);
    expect(await readAccount(tokens.access_token)).toBe(401);
  });
});
