import { globSync } from "node:fs";
import { connect } from "node:net";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { makeDatabase } from "../support/postgres";
import { listActions, toPageOf } from "../support/routes";
import { signInByRequest } from "../support/session";
import { test } from "../support/test";

const server = process.env.TEST_POSTGRES_URL;
const ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

let practice: Practice;
let desk: Desk;
let cookie: string;

// PostgreSQL refuses more than SQLite does: a NUL, a fraction in a whole number, a word in place of a number.
test.beforeAll(async () => {
  practice = await startPractice();
  const database = server ? { DATABASE_URL: await makeDatabase(server) } : {};
  desk = await startDesk(freshSettings(practice, database));
  cookie = await signInByRequest(desk.url);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

async function send(path: string, { headers, ...init }: RequestInit = {}) {
  const answer = await fetch(desk.url + path, {
    redirect: "manual",
    ...init,
    headers: { cookie, ...Object.fromEntries(new Headers(headers)) },
  });
  return { status: answer.status, text: await answer.text() };
}

function act(name: string, body: string | Buffer) {
  const id = listActions().get(name) ?? "";
  const headers = { "next-action": id, "content-type": "text/plain;charset=UTF-8" };
  return send(toPageOf(id), { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
}

/** What the desk has logged as its own failure since. */
function listErrors(since: number): string[] {
  return desk
    .output()
    .slice(since)
    .split("\n")
    .filter((line) => line.includes('"level":50'));
}

test("sockets that ask for another protocol are closed by the desk", async () => {
  const { hostname, port } = new URL(desk.url);
  const lines = [
    "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "GET /_next/webpack-hmr HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n",
  ];

  await Promise.all(
    lines.map(
      (line) =>
        new Promise<void>((resolve) => {
          // Half open: without the desk's own end, this side would never close.
          const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
          socket.on("error", () => undefined);
          socket.once("end", () => socket.end());
          socket.once("close", () => resolve());
          socket.resume().write(line);
        }),
    ),
  );

  await expect.poll(() => desk.output().split("asked for another protocol").length - 1).toBe(3);
});

test("odd ranges and conditions get a file or a page, and images are not resized", async () => {
  const [script = ""] = globSync("*.js", { cwd: ".next/static/chunks" });
  const headers: [string, string][] = [
    ["range", "bytes=abc"],
    ["range", "bytes=999999999-"],
    ["if-match", '"x"'],
    ["if-unmodified-since", "Mon, 01 Jan 1990 00:00:00 GMT"],
  ];
  for (const path of [`/_next/static/chunks/${script}`, "/icon.svg", "/profile"]) {
    for (const odd of headers) expect((await send(path, { headers: [odd] })).status, path).toBe(200);
  }
  expect((await send("/_next/image?url=%2Ficon.svg&w=64&q=75")).status).toBe(404);
});

test("a page that the router cannot have been on is refused in words", async () => {
  for (const tree of [[], ["", { children: 1 }], ["", {}, null, "everything"]]) {
    const headers = { rsc: "1", "next-router-state-tree": encodeURIComponent(JSON.stringify(tree)) };
    const { status, text } = await send("/", { headers });

    expect(status).toBe(400);
    expect(text).toContain("cannot be read");
  }
});

test("the arguments of an action that begin with a byte order mark are refused", async () => {
  expect((await act("rename", '[{"name":"Admin"}]')).status).toBe(200);
  expect((await act("rename", '\ufeff[{"name":"Admin"}]')).status).toBe(400);
});

test("NUL, fractions and words in place of numbers are refused before they reach the database", async () => {
  const since = desk.output().length;
  for (const path of [
    "/?lead=%00",
    "/leads?q=%00",
    "/leads?source=a%00",
    "/api/leads/duplicates?phone=%00",
  ]) {
    expect((await send(path)).status, path).toBe(400);
  }
  for (const position of ['["x","y"]', '[1.5,"y"]', '[1e300,"y"]', '["\\u0000","y"]', '[1,"\\u0000"]']) {
    for (const sort of ["newest", "name"]) {
      const query = new URLSearchParams({ sort, after: position, before: position });
      expect((await send(`/leads?${query}`)).status, position).toBe(200);
    }
  }
  for (const contact of ["\0", "@ivan\0", "ivan\0@example.com"]) {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ contact });
    expect((await send("/api/privacy", { method: "POST", body, headers })).status).toBe(422);
  }
  for (const sentAt of [1.5, -1.5, 1e300]) {
    const { text } = await act("resend", JSON.stringify([[{ id: ID, state: "needs_fix", sentAt }]]));
    expect(text).toContain('"code":"invalid"');
  }

  expect(listErrors(since)).toEqual([]);
});

test("nobody writes into the log, and one request writes few lines into it", async () => {
  const forged = { level: "error", code: "FORGED", message: "x".repeat(60_000) };
  for (const path of ["/api/auth/_log", "/api/auth/%5flog", "/api/auth//_log", "/api/auth/_log/x"]) {
    const { status } = await send(path, { method: "POST", body: new URLSearchParams(forged) });
    expect(status, path).toBe(404);
  }
  expect(desk.output()).not.toContain("FORGED");

  const long = "x".repeat(7000);
  for (const path of [
    "/api/auth/signin/",
    "/api/auth/callback/",
    "/api/auth/error?error=",
    "/leads?q=",
    "/",
  ]) {
    const before = desk.output().length;
    await send(path + long, { method: "POST", body: new URLSearchParams({ csrfToken: long, json: "true" }) });
    await send(path + long);
    expect(desk.output().length - before, path).toBeLessThan(8000);
  }
});
