import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { expect } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { inChunks } from "../../lib/domain/in-chunks";
import { type Practice, startPractice } from "../../practice/server.ts";
import { aLead } from "../support/builders";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { listActions, listRoutes, toPageOf } from "../support/routes";
import { signInByRequest } from "../support/session";
import { test } from "../support/test";

const SECRET = "a secret of more than thirty-two bytes";
const COOKIE = "next-auth.session-token";

let practice: Practice;
let desk: Desk;
let admin: string;
let visitors: Record<string, string>;

// Ends a test that hangs: its requests take three quarters of a minute on two idle processors.
const A_LOT_OF_WORK_MS = 5 * 60_000;

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, { HOLD_SECONDS: "0", NEXTAUTH_SECRET: SECRET }));
  admin = await signInByRequest(desk.url);
  const expired = await encode({ token: { sub: "x" }, secret: SECRET, maxAge: -60 });
  const foreign = await encode({ token: { sub: "x" }, secret: "another secret of thirty-two bytes!" });
  const stranger = await encode({ token: { sub: "' or 1=1 --" }, secret: SECRET });
  const nobody = await encode({ token: {}, secret: SECRET });
  visitors = {
    anonymous: "",
    admin,
    expired: `${COOKIE}=${expired}`,
    foreign: `${COOKIE}=${foreign}`,
    stranger: `${COOKIE}=${stranger}`,
    nobody: `${COOKIE}=${nobody}`,
    tampered: admin.replace(/.{6}$/, "AAAAAA"),
    astray: `${admin}; next-auth.callback-url=javascript%3Aalert(1)`,
    garbage: `${COOKIE}=a.b.c.d.e; next-auth.csrf-token=%00%7C; next-auth.callback-url=%%%; lead-desk-locale=../../x; lead-desk-theme=%E0%A4%A`,
  };
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

const HOSTILE = [
  "' or '1'='1",
  "x'; drop table leads; --",
  "<script>window.hacked = true</script>",
  '"><img src=x onerror="window.hacked = true">',
  "{{7*7}}",
  "../../../etc/passwd",
  "%00",
  "\u202e\u200b\ufeff",
  "а".repeat(200),
  "__proto__",
];
const AUTH_PATHS = [
  "session",
  "csrf",
  "providers",
  "signin",
  "signout",
  "error",
  "verify-request",
  "_log",
].concat(["signin/none", "signin/credentials", "callback/none", "callback/credentials", "nothing"]);

/** Every address of the build; a part that is free is filled with what nobody wants there. */
function listPaths(parts = [randomUUID(), "<script>"]): string[] {
  return ["/nowhere", ...listRoutes()].flatMap((route) => {
    if (route.includes("[...")) return AUTH_PATHS.map((path) => route.replace(/\[\.\.\..+\]/, path));
    if (!route.includes("[")) return [route];
    return parts.map((part) => route.replaceAll(/\[.+?\]/g, encodeURIComponent(part)));
  });
}

type Sent = { path: string; method?: string; headers?: Record<string, string>; body?: string };

async function send({ path, method = "GET", headers = {}, body }: Sent): Promise<number> {
  const answer = await fetch(desk.url + path, { method, headers, body, redirect: "manual" });
  await answer.arrayBuffer();
  return answer.status;
}

/** Sends each, some at once, and answers those that ended in a failure of the server's. */
async function listFailures(requests: Sent[]): Promise<string[]> {
  const failed: string[] = [];
  for (const some of inChunks(requests, 8)) {
    const statuses = await Promise.all(some.map(send));
    for (const [index, status] of statuses.entries())
      if (status >= 500) failed.push(`${status} ${JSON.stringify(some[index]).slice(0, 300)}`);
  }
  return failed;
}

test("the build has routes and actions to walk", () => {
  expect(listPaths().length).toBeGreaterThan(20);
  expect([...listActions().keys()]).toContain("resend");
});

test("no address fails, whoever asks and whatever stands in the query and the headers", async () => {
  test.setTimeout(A_LOT_OF_WORK_MS);
  const query = `?${HOSTILE.map((text, n) => `${["callbackUrl", "token", "lead", "q", "_rsc"][n % 5]}=${encodeURIComponent(text)}`).join("&")}`;
  const headers = [
    { rsc: "1", "next-router-state-tree": "%7Bgarbage" },
    {
      rsc: "1",
      "next-router-prefetch": "1",
      "next-router-segment-prefetch": "/../x",
      "next-url": "<script>",
    },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "javascript", "accept-language": "xx;q=9" },
    {
      "x-middleware-subrequest": "proxy:proxy:proxy",
      "x-invoke-status": "500",
      "x-matched-path": "/admin/delivery",
    },
  ];
  const hostile = listPaths(HOSTILE).map((path) => ({ path: path + query, headers: { cookie: admin } }));
  const requests = listPaths().flatMap((path) => [
    ...Object.values(visitors).map((cookie) => ({ path: path + query, headers: { cookie } })),
    ...headers.map((more) => ({ path, headers: { ...more, cookie: admin } })),
  ]);

  expect(await listFailures([...hostile, ...requests])).toEqual([]);
});

test("another method than GET, HEAD and POST is refused everywhere", async () => {
  for (const path of listPaths()) {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      expect(await send({ path, method, headers: { cookie: admin } }), `${method} ${path}`).toBe(405);
    }
  }
});

test("a body that is too large, of another kind or from another origin is refused before it is read", async () => {
  const large = "x".repeat(256 * 1024 + 1);
  for (const path of listPaths().filter((path) => !/\/_|%00/.test(path))) {
    const post = (body: string, headers: Record<string, string> = {}) =>
      send({ path, method: "POST", body, headers: { cookie: admin, ...headers } });

    expect(await post(large, { "content-type": "text/plain" }), path).toBe(413);
    expect(await post("x", { "content-type": "multipart/form-data; boundary=x" }), path).toBe(415);
    expect(await post("<a/>", { "content-type": "application/xml" }), path).toBe(415);
    expect(await post("[]", { origin: "https://evil.example" }), path).toBe(403);
    expect(await post("[]", { origin: "null" }), path).toBe(403);
    expect(await sendWithoutLength(path), path).toBe(411);
  }
});

test("bodies of the right kind with the wrong content are refused in words of the right kind", async () => {
  test.setTimeout(A_LOT_OF_WORK_MS);
  const bodies = [
    "",
    "null",
    "[]",
    "{",
    '"x"',
    '{"__proto__":{"role":"admin"}}',
    "a=b&a=%00",
    "\u0000",
    "[".repeat(9000),
  ];
  const types = [
    "text/plain",
    "application/json",
    "application/json;charset=latin9",
    "application/x-www-form-urlencoded",
  ];
  // A page reads no body; it is drawn all the same.
  const requests = listPaths().flatMap((path) =>
    bodies.flatMap((body, index) => {
      const sent = path.startsWith("/api/") ? types : types.slice(index % types.length).slice(0, 1);
      return sent.map((type) => ({
        path,
        method: "POST",
        body,
        headers: { "content-type": type, cookie: admin },
      }));
    }),
  );

  expect(await listFailures(requests)).toEqual([]);
});

test("actions that do not exist, and arguments that no form sends, are refused", async () => {
  test.setTimeout(A_LOT_OF_WORK_MS);
  const ids = ["", "x", "0".repeat(42), "../x", "__proto__", ...listActions().values()];
  const bodies = [
    "",
    "[]",
    "{",
    "null",
    "[null]",
    '["x"]',
    '[{"ids":"x"}]',
    "[{}]",
    '["$F1"]',
    '["$K1"]',
    '["$@1"]',
  ]
    .concat(['["$1:a:b"]', '["$B1"]', '["$Q1"]', '["$undefined"]', '[{"__proto__":{"id":"x"}}]'])
    .concat(HOSTILE.map((text) => JSON.stringify([text])));
  const known = [...listActions().values()];
  const paths = ["/", "/sign-in", "/admin/delivery", "/nowhere"];
  const requests = ids.flatMap((id, first) =>
    bodies.map((body, second) => ({
      // A page that does not offer the action only hands it on.
      path: known.includes(id) ? toPageOf(id) : (paths[(first + second) % paths.length] ?? "/"),
      method: "POST",
      body,
      headers: { "next-action": id, "content-type": "text/plain;charset=UTF-8", cookie: admin },
    })),
  );

  expect(await listFailures(requests)).toEqual([]);
});

test("SQL, HTML and tricks of Unicode in every field are a lead's text, and nothing more", async ({
  page,
}) => {
  const [first] = HOSTILE;
  for (const text of HOSTILE) {
    const fields = {
      name: text,
      surname: text,
      telegram: text,
      source: text,
      profession: text,
      education: text,
    };
    const utm = { utm_medium: text, utm_campaign: text, utm_content: text, utm_term: text, referrer: text };
    for (const lead of [
      aLead({ ...fields, ...utm }),
      aLead({ phone: text }),
      aLead({ email: text }),
      aLead({ income: text }),
    ]) {
      const body = JSON.stringify(lead);
      const headers = { cookie: admin, "content-type": "application/json" };
      expect([200, 413, 422], text).toContain(
        await send({ path: "/api/leads", method: "POST", body, headers }),
      );
    }
  }

  await signIn(page, desk);
  await openForm(page, desk);
  await typeLead(page, { Name: HOSTILE[2] ?? "", Surname: HOSTILE[3] ?? "", Phone: "8 900 123-45-67" });
  await sendLead(page);
  await expectSaved(page);
  await page.goto(`${desk.url}/leads`);
  await expect(
    page
      .getByRole("table")
      .getByText(first ?? "")
      .first(),
  ).toBeVisible();
  await page.getByRole("link", { name: "<script>" }).first().click();
  await expect(page.getByRole("heading", { name: "<script>" })).toBeVisible();
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});

test("an e-mail in look-alike letters is not the person's", async () => {
  const lookAlikes = [
    "аdmin@example.com",
    "admin@exаmple.com",
    "ａdmin@example.com",
    "admin@example.com\u200b",
  ];
  for (const email of [
    ...lookAlikes,
    "admin@example.com\u0000",
    "admin@example.com' --",
    "%",
    "a".repeat(5000),
  ]) {
    expect(await signInByRequest(desk.url, { ...ADMIN, email }), email).not.toContain(COOKIE);
  }
  expect(await signInByRequest(desk.url)).toContain(COOKIE);
});

test("links that are spent, foreign or broken lead nowhere", async ({ page }) => {
  for (const token of ["x", "' or 1=1 --", "x".repeat(3000), "%00"]) {
    await page.goto(`${desk.url}/setup?token=${encodeURIComponent(token)}`);
    await expect(page.getByText("This link no longer works.")).toBeVisible();
  }
  await page.goto(`${desk.url}/sign-in?callbackUrl=${encodeURIComponent("https://evil.example/")}`);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Phone")).toBeVisible();
  expect(new URL(page.url()).origin).toBe(desk.url);
});

/** A body in chunks, of which nobody knows how long it will be. */
function sendWithoutLength(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { "transfer-encoding": "chunked", "content-type": "text/plain", cookie: admin };
    const sent = httpRequest(desk.url + path, { method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    sent.write("x");
    sent.end();
  });
}
