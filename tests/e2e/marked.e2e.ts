import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect } from "@playwright/test";
import { FAULT_KINDS, type Practice, startPractice } from "../../practice/server.ts";
import { aLead } from "../support/builders";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { signIn } from "../support/pages";
import { listActions } from "../support/routes";
import { signInByRequest } from "../support/session";
import { test } from "../support/test";

const SECRET = "inkmark-secret of more than thirty-two bytes";
const METRICS_TOKEN = "inkmark-metrics-token";
const SELLER = { email: "inkmark.seller@example.com", password: ADMIN.password };
const WRONG = { email: "inkmark.stranger@example.com", password: "inkmark-password" };
const TYPED = {
  phone: "8 (905) 555-01-01",
  name: "Меткин",
  surname: "Inkmarkson",
  telegram: "@inkmark_handle",
  email: "inkmark.person@example.com",
  profession: "Маркшейдер",
  comment: "inkmark, перезвонить",
  source: "inkmark-source",
  referrer: "https://inkmark.example.com/?who=Inkmarkson",
};
const MARKS = /inkmark|меткин|маркшейдер|905\D{0,3}555\D?01\D?01|correct horse|79055550101/i;

let practice: Practice;
let desk: Desk;
let databaseUrl: string;

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0", NEXTAUTH_SECRET: SECRET, METRICS_TOKEN });
  databaseUrl = String(settings.DATABASE_URL);
  desk = await startDesk(settings);
  // A colleague, with the admin's password.
  change(
    `insert into people (id, email, name, role, password_hash, created_at)
     select '${randomUUID()}', '${SELLER.email}', 'Другой', 'seller', password_hash, 0 from people`,
  );
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

function change(statement: string): void {
  const file = new DatabaseSync(databaseUrl.slice("file:".length), { timeout: 5000 });
  file.exec(statement);
  file.close();
}

async function ask(
  path: string,
  cookie: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const json = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(desk.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { cookie, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: json }),
    redirect: "manual",
  });
  return answer.text();
}

const countAttempts = () => practice.journal.filter(({ path }) => path.includes("unsorted/forms")).length;

test("what is typed, and what is secret, is in no log, no answer to others and nothing a browser downloads", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const admin = await signInByRequest(desk.url);
  const seller = await signInByRequest(desk.url, SELLER);
  const answers: string[] = [];

  // Through every fault of Kommo's; what stops the whole queue comes last.
  const stops = [
    "401",
    "402",
    "403-scope",
    "403-block",
    "404-json",
    "404-html",
    "redirect",
    "429-json",
    "429-html",
  ];
  const faults = FAULT_KINDS.filter((kind) => !stops.includes(kind));
  for (const kind of [...faults, "403-block" as const]) {
    practice.failNext({
      ...(kind === "slow" || kind === "slow-after" ? { kind, ms: 10 } : { kind }),
      method: "POST",
    });
    const before = countAttempts();
    answers.push(await ask("/api/leads", admin, aLead(TYPED)));
    await expect.poll(countAttempts, { timeout: 60_000 }).toBeGreaterThan(before);
  }
  // A refusal of what was typed, bad input, and every way to be turned away.
  practice.control.setPoison({ marker: "Inkmarkson" });
  answers.push(
    await ask("/api/leads", admin, aLead({ ...TYPED, email: "inkmark.person@" })),
    await ask("/api/leads", admin, { ...aLead(TYPED), id: "inkmark" }),
    await ask("/api/leads", admin, `{"name":"Inkmarkson"`),
    await ask("/api/leads", "", aLead(TYPED)),
    await ask("/api/leads?phone=89055550101", admin, "x".repeat(300_000)),
    await ask("/api/privacy", seller, { contact: TYPED.phone }),
    await ask("/api/privacy", admin, `{"contact":"${TYPED.email}"`),
    await ask("/api/metrics", "", undefined, { authorization: "Bearer inkmark" }),
    await ask("/api/auth/_log", "", "code=inkmark"),
    await ask(
      "/api/auth/session?callbackUrl=inkmark:Inkmarkson",
      `next-auth.session-token=inkmark.${TYPED.email}`,
    ),
  );
  for (const path of [
    "/leads/Inkmarkson",
    "/nowhere/Меткин/89055550101",
    "/setup?token=inkmark",
    "/?q=Inkmarkson",
  ]) {
    await ask(encodeURI(path), `lead-desk-locale=inkmark; next-auth.session-token=inkmark`);
    await ask(encodeURI(path), "", undefined, { "next-action": "inkmark" });
  }
  for (const id of listActions().values()) {
    const headers = { "next-action": id, "content-type": "text/plain" };
    await ask("/sign-in", seller, [{ ...aLead(TYPED), ids: ["inkmark"], keepDays: "inkmark" }], headers);
    await ask("/sign-in", seller, `["Inkmarkson`, headers);
  }
  await signInByRequest(desk.url, WRONG);
  await signInByRequest(desk.url, { ...SELLER, password: WRONG.password });
  await ask("/sign-in", seller, "[]", { "next-action": "Inkmarkson", "content-type": "text/plain" });
  // A row that cannot be read, whose text the parser repeats; a confirmed lead, as no delivery writes to it any more.
  change("update leads set problem_detail = 'Inkmarkson, 89055550101'");
  const unreadable = new DatabaseSync(databaseUrl.slice("file:".length))
    .prepare("select id from leads where state = 'confirmed'")
    .get();
  answers.push(
    ...(await Promise.all([ask(`/leads/${unreadable?.id}`, seller), ask("/api/leads/recent", seller)])),
  );
  await ask(`/leads/${unreadable?.id}`, admin);
  change("update leads set problem_detail = null");
  // A database that fails in the middle of it.
  change("alter table attempt_leads rename to gone");
  change(
    "update leads set due_at = 0, state = 'queued'; update sender set rest_code = null, probe_at = null",
  );
  await expect.poll(() => desk.output()).toContain("round failed");
  change("alter table gone rename to attempt_leads");
  change("alter table leads rename to gone");
  answers.push(await ask("/api/leads", admin, aLead(TYPED)));
  const failed = await ask("/leads", admin);
  change("alter table gone rename to leads");

  // A person's own address stands on their own pages.
  const mark = (text: string) => MARKS.exec(text.replaceAll(SELLER.email, ""))?.[0] ?? "";
  const lines = desk.output().split("\n");
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => line.includes("is not valid JSON"))).not.toEqual([]);
  expect(lines.filter((line) => MARKS.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes(practice.token))).toEqual([]);
  expect(answers.map(mark).filter(Boolean)).toEqual([]);
  expect(failed).not.toContain("no such table");
  const metrics = await ask("/api/metrics", "", undefined, { authorization: `Bearer ${METRICS_TOKEN}` });
  expect(metrics).toContain("lead_desk_leads");
  for (const text of [metrics, await ask("/api/health", "")]) expect(mark(text)).toBe("");

  await signIn(page, desk, SELLER);
  for (const path of [
    "/leads",
    `/leads/${unreadable?.id}`,
    "/admin/delivery",
    "/admin/privacy",
    "/api/leads/recent",
  ]) {
    await page.goto(desk.url + path);
    expect(mark(await page.content()), path).toBe("");
  }
  const files = globSync(".next/static/**/*.{js,css,json}").map((file) => readFileSync(file, "utf8"));
  expect(files.map(mark).filter(Boolean)).toEqual([]);
});
