import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, signIn } from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;
let site: Server;
let siteUrl = "";
let page = "";

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice));
  site = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
  const address = site.address();
  siteUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
  site.close();
});

test("a form on another site, without script, brings a lead to Kommo that its admin sees here", async ({
  page: admin,
  browser,
}) => {
  await signIn(admin, desk);
  await admin.goto(`${desk.url}/admin/intake`);
  await expectAlive(admin, "Add form");
  expect(await listViolations(admin)).toEqual([]);
  await admin.getByLabel("Name").fill("School");
  await admin.getByLabel("Sites").fill(`${siteUrl}/contact`);
  await admin.getByRole("button", { name: "Add form" }).click();
  await expect(admin.getByRole("heading", { name: "School" })).toBeVisible();
  await expectAlive(admin, "Send a test");
  await admin.getByRole("button", { name: "Send a test" }).click();
  await expect(admin.getByText("The form answers.", { exact: false })).toBeVisible();
  const address = await admin.locator("code").first().innerText();

  page = `<!doctype html><meta charset="utf-8"><title>School</title><form method="post" action="${address}">
    <input name="Vashe_imya"><input name="phone"><input type="hidden" name="page_url" value="${siteUrl}/?utm_source=vk&utm_campaign=autumn"><button>Send</button></form>`;
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "es" });
  const visitor = await context.newPage();
  await visitor.goto(siteUrl);
  await visitor.locator("[name=Vashe_imya]").fill("Анна Смирнова");
  await visitor.getByRole("button").click();
  await expect(visitor.getByText("Añada un teléfono", { exact: false })).toBeVisible();
  expect(await visitor.locator("[name=Vashe_imya]").inputValue()).toBe("Анна Смирнова");
  await visitor.locator("[name=phone]").fill("8 900 123-45-67");
  await visitor.getByRole("button").click();
  await expect(visitor.getByRole("heading", { name: "Gracias" })).toBeVisible();
  await context.close();

  await admin.reload();
  await expect(admin.getByText("Accepted")).toBeVisible();
  await expectAlive(admin, "Save fields");
  await admin.getByLabel("Vashe_imya").selectOption({ label: "Name" });
  await admin.getByRole("button", { name: "Save fields" }).click();
  await expect(admin.getByText("Saved")).toBeVisible();
  expect(await listViolations(admin)).toEqual([]);
  await admin.goto(`${desk.url}/leads`);
  await expect(admin.getByRole("cell", { name: "Website: School" })).toBeVisible();

  await expect(async () => {
    await admin.goto(practice.url);
    await expect(admin.getByText("+79001234567").first()).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test("kill -9 under twenty senders while Kommo is away: what was accepted arrives, each once", async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "kommo-")), "state.json");
  const kommo = await startPractice({ stateFile });
  const settings = freshSettings(kommo);
  const first = await startDesk(settings);
  const { key, secret } = addFormInTerminal({ ...settings, NEXTAUTH_URL: first.url });
  await kommo.close();

  const accepted = new Set<string>();
  let sent = 0;
  const sendOne = async () => {
    const answer = await fetch(`${first.url}/api/intake/${key}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      body: JSON.stringify({ name: "Anna", phone: `+7900${1_000_000 + sent++}` }),
    }).catch(() => undefined);
    if (answer?.status === 202) accepted.add((await answer.json()).id);
    return answer?.status === 202;
  };
  // Each goes on until the desk is gone.
  const senders = Array.from({ length: 20 }, async () => {
    while (await sendOne());
  });
  await expect.poll(() => accepted.size, { timeout: 60_000 }).toBeGreaterThan(40);
  await first.stop("SIGKILL");
  await Promise.all(senders);

  const back = await startPractice({ stateFile, port: Number(new URL(kommo.url).port) });
  const second = await startDesk(settings);
  const listArrived = () => back.incomingLeads().map(({ requestId }) => requestId);
  await expect
    .poll(() => [...accepted].filter((one) => !listArrived().includes(one)).length, { timeout: 60_000 })
    .toBe(0);
  expect(new Set(listArrived()).size).toBe(listArrived().length);
  await second.stop();
  await back.close();
});

function addFormInTerminal(settings: Record<string, string | undefined>) {
  const words = [
    "--disable-warning=ExperimentalWarning",
    "scripts/cli/intake.ts",
    "add",
    "--name",
    "Site",
    "--secret",
  ];
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...settings,
  };
  const said = execFileSync(process.execPath, words, { env, encoding: "utf8" });
  return { key: /^Key: (.+)$/m.exec(said)?.[1], secret: /: (lds_\S+)$/m.exec(said)?.[1] };
}
