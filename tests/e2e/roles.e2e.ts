import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type APIRequestContext, expect } from "@playwright/test";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { type Practice, startPractice } from "../../practice/server.ts";
import { aLead } from "../support/builders";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { signInBy, signOutBy } from "../support/requests";
import {
  actions,
  OTHER_LEAD,
  OWN_LEAD,
  provenActions,
  routes,
  SELLER,
  visitors,
} from "../support/roles-table";
import { test } from "../support/test";

const PASSWORD = "a sentence of one's own";
const COOKIE = "next-auth.session-token";
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const NAMELESS = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";

type Times = { since: number; seen_at: number };
/** What is wrong with it: in the token, or in the row (milliseconds from now). */
type Forged = [string, Record<string, unknown> & { row?: Partial<Times>; maxAge?: number; secret?: string }];

const rowSchema = z.object({ since: z.number(), seen_at: z.number() }).optional();
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

test("an old proof opens none of what asks again, and a new password all of it", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, ADMIN);
  const session = await findSession(request);
  const age = (ms: number) => run("update sessions set proven_at = ? where id = ?", Date.now() - ms, session);
  const callAll = async () => {
    const codes = Object.entries(provenActions).map(async ([name, input]) => {
      const withId =
        JSON.parse(JSON.stringify(input ?? null).replace(SELLER, ids[SELLER] ?? "")) ?? undefined;
      return [name, await callAction(request, name, withId)];
    });
    return Object.fromEntries(await Promise.all(codes));
  };
  const file = () => request.get(`${desk.url}/api/leads/export?format=none`);
  age(10 * 60_000);

  const refused = Object.fromEntries(Object.keys(provenActions).map((name) => [name, "proof_needed"]));
  expect(await callAll()).toEqual(refused);
  expect((await file()).status()).toBe(403);
  expect(await (await file()).json()).toEqual({ code: "proof_needed" });
  const renamed = { id: ids[SELLER], name: "seller", role: "seller", locale: "en" };
  expect(await callAction(request, "lib/people/actions.ts#editPerson", renamed)).toBe("ok");

  const wrong = { password: "wrong" };
  expect(await callAction(request, "lib/proof/actions.ts#proveByPassword", wrong)).toBe("invalid");
  const right = { password: ADMIN.password };
  expect(await callAction(request, "lib/proof/actions.ts#proveByPassword", right)).toBe("ok");
  expect((await file()).status()).toBe(400);
  expect(await callAction(request, "lib/export/actions.ts#prepareExport", undefined)).toBe("ok");
  await request.dispose();
});

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

test("each sign of life renews the token and moves the session's idle end, and its seven days stay", async ({
  playwright,
}) => {
  const almostOver = Date.now() - 6.9 * DAY_MS;
  changeRow(idleSession, { since: almostOver, seen_at: Date.now() - 11 * HOUR_MS });
  const storageState = await toState({ sub: idleId, version: 1, session: idleSession });
  const request = await playwright.request.newContext({ storageState });

  const before = (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
  expect((await request.get(`${desk.url}/api/auth/session`)).status()).toBe(200);

  const after = (await request.storageState()).cookies.find(({ name }) => name === COOKIE)?.value;
  expect(after).not.toBe(before);
  const row = readRow(idleSession);
  expect(row?.since).toBe(almostOver);
  expect(row?.seen_at).toBeGreaterThan(Date.now() - HOUR_MS);
  expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  await request.dispose();
});

test("a poll is no sign of life", async ({ playwright }) => {
  const seen_at = Date.now() - 11 * HOUR_MS;
  changeRow(idleSession, { since: Date.now(), seen_at });
  const storageState = await toState({ sub: idleId, version: 1, session: idleSession });
  const request = await playwright.request.newContext({ storageState });

  expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);

  expect(readRow(idleSession)?.seen_at).toBe(seen_at);
  await request.dispose();
});

for (const [what, { row, ...change }] of [
  ["older than seven days", { row: { since: -7 * DAY_MS - 1 } }],
  ["whose person did nothing for 12 hours", { row: { seen_at: -12 * HOUR_MS - 1 } }],
  ["of another version", { version: 2 }],
  ["that nobody began", { session: NAMELESS }],
  ["of nobody", { sub: NAMELESS }],
  ["without a version", { version: undefined }],
  ["whose token ran out", { maxAge: -60 }],
  ["signed with another secret", { secret: "another secret of thirty-two bytes" }],
] as Forged[]) {
  test(`a session ${what} is none, and is not renewed`, async ({ playwright }) => {
    const { since = 0, seen_at = 0 } = row ?? {};
    changeRow(idleSession, { since: Date.now() + since, seen_at: Date.now() + seen_at });
    const { maxAge, secret, ...claims } = { maxAge: 60, secret: settings.NEXTAUTH_SECRET, ...change };
    const token = { sub: idleId, version: 1, session: idleSession };
    const storageState = await toState({ ...token, ...claims }, secret, maxAge);
    const request = await playwright.request.newContext({ storageState });
    const before = readRow(idleSession);

    expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
    const { csrfToken } = await (await request.get(`${desk.url}/api/auth/csrf`)).json();
    for (const answer of [
      await request.get(`${desk.url}/api/auth/session`),
      await request.post(`${desk.url}/api/auth/session`, { form: { csrfToken } }),
    ]) {
      expect(await answer.json()).not.toHaveProperty("person");
      expect(answer.headers()["set-cookie"] ?? "").not.toContain(COOKIE);
    }
    expect(readRow(idleSession)).toEqual(before);
    await request.dispose();
  });
}

test("a person ends their own session by its id, and nobody else's", async ({ playwright }) => {
  const [head, copy] = [await playwright.request.newContext(), await playwright.request.newContext()];
  for (const request of [head, copy]) {
    await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });
  }
  const session = await findSession(copy);

  expect(await callAction(requests.seller, "lib/profile/actions.ts#endOneSession", session)).toBe("ok");
  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  expect(await callAction(head, "lib/profile/actions.ts#endOneSession", session)).toBe("ok");

  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  expect((await head.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  await Promise.all([head.dispose(), copy.dispose()]);
});

test("who changes the password goes on in the same session, and in no other", async ({ playwright }) => {
  const person = { email: "changing@example.com", name: "changing", role: "seller", locale: "en" };
  const added = { ...person, password: PASSWORD };
  expect(await callAction(requests.admin, "lib/people/actions.ts#addPerson", added)).toBe("ok");
  const [own, other] = [await playwright.request.newContext(), await playwright.request.newContext()];
  for (const request of [own, other]) await signInBy(request, desk.url, added);
  const session = await findSession(own);
  const since = Date.now() - 5 * DAY_MS;
  changeRow(session, { since, seen_at: Date.now() });

  const given = { current: PASSWORD, password: "a better sentence" };
  expect(await callAction(own, "lib/profile/actions.ts#replacePassword", given)).toBe("ok");

  expect((await own.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  expect((await other.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  expect(await findSession(own)).toBe(session);
  expect(readRow(session)?.since).toBe(since);
  await Promise.all([own.dispose(), other.dispose()]);
});

test("who signs in again in one browser leaves no session behind", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });
  const copy = await playwright.request.newContext({ storageState: await request.storageState() });

  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });

  expect((await request.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);
  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  await Promise.all([request.dispose(), copy.dispose()]);
});

test("a stranger's body is refused before it is looked at", async () => {
  const send = (request: APIRequestContext) =>
    request.post(`${desk.url}/api/leads`, { data: "not JSON", headers: { "content-type": "text/plain" } });

  expect((await send(requests.anonymous)).status()).toBe(401);
  expect((await send(requests.seller)).status()).toBe(415);
});

test("a sign-out that failed is an error in the log", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });
  run("create trigger sessions_stay before delete on sessions begin select raise(abort, 'stays'); end");

  await signOutBy(request, desk.url);
  run("drop trigger sessions_stay");

  await expect.poll(() => desk.output()).toContain("SIGN_OUT_EVENT_ERROR");
  const line = desk
    .output()
    .split("\n")
    .find((text) => text.includes("SIGN_OUT_EVENT_ERROR"));
  expect(JSON.parse(line ?? "")).toMatchObject({ level: 50, msg: "next-auth failed" });
  await request.dispose();
});

test("a session that was signed out of is over, even where its cookie was kept", async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInBy(request, desk.url, { email: "head@example.com", password: PASSWORD });
  const copy = await playwright.request.newContext({ storageState: await request.storageState() });
  expect((await copy.get(`${desk.url}/api/leads/recent`)).status()).toBe(200);

  await signOutBy(request, desk.url);

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
  const lead = aLead({ name: "Лид" });
  const answer = await request.post(`${desk.url}/api/leads`, { data: lead });
  expect(answer.status()).toBe(200);
  return lead.id;
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

function readRow(session: string): Times | undefined {
  const [row] = run("select since, seen_at from sessions where id = ?", session);
  return rowSchema.parse(row);
}

function changeRow(session: string, { since, seen_at }: Times): void {
  run("update sessions set since = ?, seen_at = ? where id = ?", since, seen_at, session);
}

/** Beside the running desk. */
function run(statement: string, ...values: (string | number)[]): unknown[] {
  const db = new DatabaseSync(settings.DATABASE_URL?.replace("file:", "") ?? "", { timeout: 5000 });
  try {
    return db.prepare(statement).all(...values);
  } finally {
    db.close();
  }
}

async function toState(token: object, secret = settings.NEXTAUTH_SECRET ?? "", maxAge = 60) {
  const value = await encode({ token: { ...token }, secret, maxAge });
  const cookie = { name: COOKIE, value, domain: "127.0.0.1", path: "/", expires: -1 };
  return {
    cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: "Lax" as const }],
    origins: [],
  };
}
