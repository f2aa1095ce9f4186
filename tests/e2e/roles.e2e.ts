import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type APIRequestContext, expect } from "@playwright/test";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { type Practice, startPractice } from "../../practice/server.ts";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { signInBy } from "../support/requests";
import { actions, OTHER_LEAD, OWN_LEAD, routes, SELLER, visitors } from "../support/roles-table";
import { test } from "../support/test";

const PASSWORD = "a sentence of one's own";
const COOKIE = "next-auth.session-token";
const NAMELESS = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";

const routesSchema = z.record(z.string(), z.string());
const actionsSchema = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});
const sessionSchema = z.object({ person: z.object({ id: z.string() }).optional() });

const builtRoutes = Object.keys(readManifest("app-paths", routesSchema));
/** An action that no page holds is called by a route alone, which has its own row; a browser tries it on the first page. */
const builtActions = Object.entries(readManifest("server-reference", actionsSchema).node).map(
  ([id, { filename, exportedName, workers }]) => ({
    id,
    name: `${filename}#${exportedName}`,
    page: Object.keys(workers).find((worker) => worker.endsWith("/page")) ?? "app/(desk)/page",
  }),
);

let practice: Practice;
let desk: Desk;
let settings: ReturnType<typeof freshSettings>;
let requests: Record<(typeof visitors)[number], APIRequestContext>;
let ids: Record<string, string>;
/** Somebody whose sessions nobody ends, so that they are of the first version; and one of those. */
let idleId: string;
let idleSession: string;

test.beforeAll(async ({ playwright }) => {
  practice = await startPractice();
  settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  desk = await startDesk(settings);
  const open = async (email?: string, password = PASSWORD) => {
    const request = await playwright.request.newContext();
    if (email) expect((await signInBy(request, desk.url, { email, password })).status()).toBe(200);
    return request;
  };
  const admin = await open(ADMIN.email, ADMIN.password);
  for (const [name, role] of [
    ["seller", "seller"],
    ["head", "head"],
    ["disabled", "admin"],
    ["idle", "seller"],
  ]) {
    const person = { email: `${name}@example.com`, name, role, locale: "en", password: PASSWORD };
    expect(await callAction(admin, "lib/people/actions.ts#addPerson", person)).toBe("ok");
  }
  const [seller, disabled] = [await open("seller@example.com"), await open("disabled@example.com")];
  requests = { anonymous: await open(), seller, head: await open("head@example.com"), admin, disabled };
  ids = {
    [SELLER]: await findId(seller),
    [OWN_LEAD]: await addLead(seller),
    [OTHER_LEAD]: await addLead(admin),
  };
  expect(await callAction(admin, "lib/people/actions.ts#disable", await findId(disabled))).toBe("ok");
  const idle = await open("idle@example.com");
  idleId = await findId(idle);
  idleSession = await findSession(idle);
  await idle.dispose();
});
test.afterAll(async () => {
  for (const request of Object.values(requests)) await request.dispose();
  await desk.stop();
  await practice.close();
});

test("the table has a row for every page, route and action of the build, and no other", () => {
  expect(Object.keys(routes).toSorted()).toEqual(builtRoutes.toSorted());
  expect(Object.keys(actions).toSorted()).toEqual(builtActions.map(({ name }) => name).toSorted());
});

for (const [route, calls] of Object.entries(routes)) {
  for (const { method = "GET", path, body, answers } of calls) {
    test(`${method} ${path} of ${route} answers each visitor as the table says`, async () => {
      const given: number[] = [];
      for (const visitor of visitors) {
        const answer = await requests[visitor].fetch(desk.url + withIds(path), {
          method,
          data: body,
          maxRedirects: 0,
        });
        given.push(answer.status());
        if (answer.status() === 307 && answers[0] === 307) {
          expect(answer.headers().location, visitor).toMatch(/^\/sign-in\?callbackUrl=/);
        }
      }

      expect(given).toEqual(answers);
    });
  }
}

for (const [name, { input, answers }] of Object.entries(actions)) {
  test(`${name} answers each visitor as the table says`, async () => {
    const given: string[] = [];
    for (const visitor of visitors) given.push(await callAction(requests[visitor], name, input));

    expect(given).toEqual(answers);
  });
}

test("a seller's pages and lists hold no lead of anybody else", async () => {
  for (const path of ["/", "/leads", "/api/leads/recent"]) {
    const text = await (await requests.seller.get(desk.url + path)).text();
    expect(text, path).toContain(withIds(OWN_LEAD));
    expect(text, path).not.toContain(withIds(OTHER_LEAD));
  }
  const heads = await (await requests.head.get(`${desk.url}/leads`)).text();
  expect(heads).toContain(withIds(OWN_LEAD));
  expect(heads).toContain(withIds(OTHER_LEAD));
});

test("a session's cookie is HttpOnly and Lax, and lasts 12 hours", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });

  const { cookies } = await request.storageState();
  const session = cookies.find(({ name }) => name === COOKIE);
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  const hours = ((session?.expires ?? 0) - Date.now() / 1000) / 3600;
  expect(hours).toBeGreaterThan(11.9);
  expect(hours).toBeLessThanOrEqual(12);
  await request.dispose();
});

test("each sign of life renews the token, and the session keeps its own end", async ({ playwright }) => {
  const almostOver = Date.now() - 6.9 * 24 * 60 * 60 * 1000;
  const token = { sub: idleId, version: 1, session: idleSession, since: almostOver };
  const request = await playwright.request.newContext({ storageState: await toState(token) });

  const before = (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
  expect((await request.get(`${desk.url}/api/auth/session`)).status()).toBe(200);
  const after = (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
  expect(after).not.toBe(before);
  expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  await request.dispose();
});

for (const [what, change] of [
  ["older than seven days", { since: Date.now() - 7 * 24 * 60 * 60 * 1000 - 1 }],
  ["of another version", { version: 2 }],
  ["that nobody began", { session: NAMELESS }],
  ["of nobody", { sub: NAMELESS }],
  ["without a version", { version: undefined }],
  ["that is idle for 12 hours", { maxAge: -60 }],
  ["signed with another secret", { secret: "another secret of thirty-two bytes" }],
] as const) {
  test(`a session ${what} is none`, async ({ playwright }) => {
    const { maxAge, secret, ...claims } = { maxAge: 60, secret: settings.NEXTAUTH_SECRET, ...change };
    const token = { sub: idleId, version: 1, session: idleSession, since: Date.now() };
    const storageState = await toState({ ...token, ...claims }, secret, maxAge);
    const request = await playwright.request.newContext({ storageState });

    expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
    expect(await (await request.get(`${desk.url}/api/auth/session`)).json()).not.toHaveProperty("person");
    await request.dispose();
  });
}

test("a session that was signed out of is over, even where its cookie was kept", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });
  const copy = await playwright.request.newContext({ storageState: await request.storageState() });
  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);

  const { csrfToken } = await (await request.get(`${desk.url}/api/auth/csrf`)).json();
  await request.post(`${desk.url}/api/auth/signout`, { form: { csrfToken, json: "true" } });

  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  await Promise.all([request.dispose(), copy.dispose()]);
});

function readManifest<S extends z.ZodType>(name: string, schema: S): z.output<S> {
  return schema.parse(JSON.parse(readFileSync(`.next/server/${name}-manifest.json`, "utf8")));
}

function withIds(path: string): string {
  return path.replace(/\{[a-z ]+\}/, (placeholder) => ids[placeholder] ?? placeholder);
}

/** As the browser calls it; "ok", the code of the refusal, or "nothing" for an answer without content. */
async function callAction(request: APIRequestContext, name: string, input: unknown): Promise<string> {
  const action = builtActions.find((built) => built.name === name);
  if (!action) throw new Error(`the build has no action ${name}`);
  const path = action.page.replace(/^app|\/page$|\/\([a-z]+\)/g, "").replace(/\[[a-z]+\]/, NAMELESS);
  const answer = await request.post(`${desk.url}${path || "/"}`, {
    headers: { "next-action": action.id, "content-type": "text/plain;charset=UTF-8" },
    data: JSON.stringify([input === undefined ? "$undefined" : input]),
    maxRedirects: 0,
  });
  const text = await answer.text();
  const [, ok, code] = /\{"ok":(true|false)(?:,"code":"(\w+)")?/.exec(text) ?? [];
  return ok === "true" ? "ok" : (code ?? (text === "{}" ? "nothing" : `status ${answer.status()}`));
}

async function addLead(request: APIRequestContext): Promise<string> {
  const id = randomUUID();
  const fields =
    "phone name surname telegram source email profession education income utm_medium utm_campaign";
  const names = [...fields.split(" "), "utm_content", "utm_term", "referrer"];
  const lead = Object.fromEntries(names.map((field) => [field, ""]));
  const answer = await request.post(`${desk.url}/api/leads`, {
    data: { ...lead, id, name: "Лид", phone: "+7 900 123-45-67" },
  });
  expect(answer.status()).toBe(200);
  return id;
}

async function findId(request: APIRequestContext): Promise<string> {
  const answer = await request.get(`${desk.url}/api/auth/session`);
  return sessionSchema.parse(await answer.json()).person?.id ?? "";
}

async function findSession(request: APIRequestContext): Promise<string> {
  const token = (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
  const claims = await decode({ token, secret: settings.NEXTAUTH_SECRET ?? "" });
  return z.object({ session: z.string() }).parse(claims).session;
}

async function toState(token: object, secret = settings.NEXTAUTH_SECRET ?? "", maxAge = 60) {
  const value = await encode({ token: { ...token }, secret, maxAge });
  const cookie = { name: COOKIE, value, domain: "127.0.0.1", path: "/", expires: -1 };
  return {
    cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" as const }],
    origins: [],
  };
}
