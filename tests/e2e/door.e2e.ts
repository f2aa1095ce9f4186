import { chmodSync, globSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { sendCredentials, signInByRequest } from "../support/session";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

const readPolicy = (answer: Response) => answer.headers.get("content-security-policy") ?? "";

test("what is large leaves compressed without a proxy, whatever a client says that it takes", async () => {
  const chunk = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${desk.url}/sign-in`)).text())?.[0];
  for (const path of ["/sign-in", chunk ?? "", "/form.js", "/f/0000000000000000"]) {
    for (const [accepted, encoding] of [
      ["gzip", "gzip"],
      ["gzip;q=0", null],
      ["*;q=0", null],
      ["gzip;q=x;;,", null],
    ] as const) {
      const answer = await fetch(desk.url + path, { headers: { "accept-encoding": accepted } });

      expect(answer.status, path).toBeLessThan(500);
      expect(answer.headers.get("content-encoding"), `${path} for ${accepted}`).toBe(encoding);
      expect(answer.headers.get("vary"), path).toMatch(/accept-encoding/i);
      expect((await answer.text()).length, path).toBeGreaterThan(1024);
    }
  }
});

test("the few bytes that a press is answered with leave as they are", async () => {
  const headers = { "accept-encoding": "gzip", "content-type": "application/json" };
  const answer = await fetch(`${desk.url}/api/leads`, { method: "POST", headers, body: "{}" });

  expect(answer.headers.get("content-encoding")).toBeNull();
  expect(await answer.json()).toEqual({ ok: false, code: "signed_out" });
});

test("every answer tells the browser what it may do", async () => {
  const chunk = /\/_next\/static\/[^"]+\.js/.exec(await (await fetch(`${desk.url}/sign-in`)).text())?.[0];
  for (const path of ["/sign-in", "/leads", "/nowhere", "/api/health", "/api/leads/recent", chunk ?? ""]) {
    const answer = await fetch(desk.url + path, { redirect: "manual" });

    expect(readPolicy(answer), path).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(readPolicy(answer), path).not.toMatch(/unsafe|\*/);
    for (const rule of [
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "object-src 'none'",
    ]) {
      expect(readPolicy(answer), path).toContain(rule);
    }
    expect(Object.fromEntries(answer.headers), path).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    // A browser's disk must not keep what its person read here.
    if (path !== chunk) expect(answer.headers.get("cache-control"), path).toContain("no-store");
    expect(answer.headers.has("x-powered-by"), path).toBe(false);
    expect(answer.headers.has("strict-transport-security"), path).toBe(false);
  }
});

test("a nonce is used once, stands on every script, and is never the stranger's", async () => {
  const headers = { "content-security-policy": "script-src 'nonce-strangers-own'" };
  const answers = await Promise.all([1, 2].map(() => fetch(`${desk.url}/sign-in`, { headers })));
  const pages = await Promise.all(answers.map((answer) => answer.text()));

  const nonces = answers.map((answer) => /'nonce-([^']+)'/.exec(readPolicy(answer))?.[1]);
  expect(new Set(nonces).size).toBe(2);
  for (const [index, page] of pages.entries()) {
    expect(page).not.toContain("strangers-own");
    const scripts = page.match(/<script[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonces[index]}"`))).toEqual([]);
  }
});

test("cookies are out of reach of scripts and of other sites", async () => {
  const answer = await fetch(`${desk.url}/api/auth/csrf`);

  expect(answer.headers.getSetCookie().length).toBeGreaterThan(0);
  for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; SameSite=Lax$/);
});

test("behind https the browser is kept to it, cookies are secure, the session's former one goes, and security.txt is there", async () => {
  const NEXTAUTH_URL = "https://leads.example.com";
  const SECURITY_CONTACT = "security@example.com";
  const secure = await startDesk(
    freshSettings(practice, { NEXTAUTH_URL, HSTS_SUBDOMAINS: "1", SECURITY_CONTACT }),
  );

  const answer = await fetch(`${secure.url}/api/auth/csrf`);
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
  expect(readPolicy(answer)).toContain("upgrade-insecure-requests");
  for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/^__(Host|Secure)-.*Secure/);
  const former = "__Secure-next-auth.session-token";
  const signedIn = await sendCredentials(secure.url, ADMIN, {
    cookie: `${former}=of-an-older-version`,
    origin: NEXTAUTH_URL,
  });
  const cookies = signedIn.headers.getSetCookie();
  expect(cookies).toContainEqual(expect.stringMatching(/^__Host-next-auth\.session-token=./));
  for (const cookie of cookies) expect(cookie).toMatch(/^__(Host|Secure)-.*Secure/);
  // A browser takes the removal of such a cookie from a secure answer alone.
  expect(cookies.filter((cookie) => cookie.startsWith(former))).toEqual([
    expect.stringMatching(/=;.*Expires=Thu, 01 Jan 1970.*Secure/),
  ]);
  const headers = { origin: NEXTAUTH_URL, "content-type": "application/x-www-form-urlencoded" };
  const own = await fetch(`${secure.url}/api/auth/signout`, { method: "POST", headers, redirect: "manual" });
  expect(own.status).not.toBe(403);
  // Next would compare the origin with the host alone, and a proxy may call us by another.
  const action = { origin: NEXTAUTH_URL, "content-type": "text/plain", "next-action": "4".repeat(42) };
  const unknown = await fetch(`${secure.url}/sign-in`, { method: "POST", headers: action, body: "[]" });
  expect(unknown.status).toBe(409);
  expect(secure.output()).not.toContain("plain http");

  await test.step("security.txt says where to report a vulnerability", async () => {
    const answer = await fetch(`${secure.url}/.well-known/security.txt`);
    const text = await answer.text();
    const [, expires = ""] = /^Expires: (.+)$/m.exec(text) ?? [];

    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(text.replace(expires, "…")).toBe(
      "Contact: mailto:security@example.com\nExpires: …\nPreferred-Languages: en, ru\nCanonical: https://leads.example.com/.well-known/security.txt\n",
    );
    const days = (Date.parse(expires) - Date.now()) / (24 * 60 * 60 * 1000);
    expect(days).toBeGreaterThan(30);
    expect(days).toBeLessThan(365);
    expect((await fetch(`${desk.url}/.well-known/security.txt`)).status).toBe(404);
  });
  await secure.stop();
});

test("a secret shorter than 32 bytes ends the start, and is not repeated", async () => {
  const NEXTAUTH_SECRET = "thirty-one bytes, one too few..";

  const words = await startDesk(freshSettings(practice, { NEXTAUTH_SECRET })).then(() => "started", String);

  expect(words).toContain("NEXTAUTH_SECRET is shorter than 32 bytes");
  expect(words).not.toContain("one too few");
});

test("what others could read is closed at the start, and said, as is plain http for a public address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "desk-"));
  const [secret, database] = [join(folder, "secret"), join(folder, "lead-desk.db")];
  writeFileSync(secret, "a secret of more than thirty-two bytes");
  writeFileSync(database, "");
  for (const file of [secret, database]) chmodSync(file, 0o644);
  const NEXTAUTH_URL = "http://leads.example.com";
  const own = await startDesk(
    freshSettings(practice, { NEXTAUTH_SECRET: "", DATABASE_URL: `file:${database}`, NEXTAUTH_URL }),
  );

  expect(own.output()).toContain("!!! http://leads.example.com is plain http");
  expect(desk.output()).not.toContain("!!!");

  for (const file of globSync(join(folder, "*"))) expect(statSync(file).mode & 0o077, file).toBe(0);
  expect(own.output()).toContain(`could read ${secret}; now they cannot`);
  expect(own.output()).toContain(`could read ${database}; now they cannot`);
  await own.stop();
});

test("what the browser downloads holds no source map, no token and nothing of the server", async () => {
  const files = globSync(".next/static/**/*", { withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));

  expect(paths.length).toBeGreaterThan(5);
  expect(paths.filter((path) => path.endsWith(".map"))).toEqual([]);
  for (const path of paths) {
    const text = readFileSync(path, "latin1");
    expect(text.includes("sourceMappingURL=data:"), path).toBe(false);
    expect(/leadDeskDb|NEXTAUTH_SECRET|METRICS_TOKEN|password_hash|eyJ[\w-]{10,}\./.test(text), path).toBe(
      false,
    );
  }
});

test("each request has an id, and its lines of the log are JSON that carries it", async () => {
  const answer = await fetch(`${desk.url}/leads/%D0%98%D0%B2%D0%B0%D0%BD?q=79001234567`, { method: "PUT" });
  const id = answer.headers.get("x-request-id");

  await expect.poll(() => desk.output()).toContain(`"request":"${id}"`);
  const line = desk
    .output()
    .split("\n")
    .find((text) => text.includes(String(id)));
  expect(JSON.parse(line ?? "")).toMatchObject({
    level: 40,
    method: "PUT",
    route: "/leads/[id]",
    status: 405,
  });
  const cookie = await signInByRequest(desk.url);
  expect(cookie).toContain("next-auth.session-token");
  const logged = desk
    .output()
    .split("\n")
    .filter((text) => text.startsWith("{"));
  for (const text of logged) expect(() => JSON.parse(text), text).not.toThrow();
});
