import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, signIn } from "../support/pages";
import { websiteStorm } from "../support/storm/website-storm";
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

test("the form on a page of another site brings a lead with its UTM values, and so it does without script", async ({
  page: admin,
  browser,
}) => {
  await signIn(admin, desk);
  await admin.goto(`${desk.url}/admin/privacy`);
  await expectAlive(admin, "Update consent");
  await admin.getByLabel("Spanish").fill("Acepto: https://school.example/privacy");
  await admin.getByRole("button", { name: "Update consent" }).click();
  await expect(admin.getByText("The current version is 1.", { exact: false })).toBeVisible();
  await admin.goto(`${desk.url}/admin/intake`);
  await expectAlive(admin, "Add form");
  await admin.getByLabel("Name").fill("Landing");
  await admin.getByLabel("Sites").fill(siteUrl);
  await admin.getByLabel("Proof of work").check();
  await admin.getByLabel("Ask for consent").check();
  await admin.getByRole("button", { name: "Add form" }).click();
  await expect(admin.getByRole("heading", { name: "Landing" })).toBeVisible();
  const snippet = await admin.locator("code").nth(1).innerText();
  const address = await admin.locator("code").nth(2).innerText();
  expect(await listViolations(admin)).toEqual([]);

  page = `<!doctype html><html lang="es"><meta charset="utf-8"><title>School</title><main><h1>Escuela</h1>${snippet}</main></html>`;
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(`${siteUrl}/?utm_source=vk&utm_campaign=autumn`);
  await visitor.goto(`${siteUrl}/contacto`);
  await visitor.getByLabel("Nombre").fill("Ana");
  await visitor.getByLabel("Acepto").check();
  await visitor.getByRole("button", { name: "Enviar" }).click();
  await expect(visitor.getByRole("alert")).toContainText("Añada un teléfono");
  expect(await listViolations(visitor)).toEqual([]);
  await visitor.getByLabel("Teléfono").fill("8 900 765-43-21");
  await visitor.context().setOffline(true);
  await visitor.getByRole("button", { name: "Enviar de nuevo" }).click();
  await expect(visitor.getByRole("alert")).toContainText("No hay conexión");
  await visitor.context().setOffline(false);
  await visitor.reload();
  await expect(visitor.getByLabel("Teléfono")).toHaveValue("8 900 765-43-21");
  await visitor.getByLabel("Acepto").check();
  await visitor.getByRole("button", { name: "Enviar" }).click();
  await expect(visitor.getByRole("heading", { name: "Gracias" })).toBeVisible();
  expect(await listViolations(visitor)).toEqual([]);
  await visitor.goto(address);
  expect(await listViolations(visitor)).toEqual([]);
  await visitor.context().close();

  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${siteUrl}/?utm_source=google&utm_medium=cpc`);
  await plain.getByRole("link").click();
  await plain.getByLabel("Phone").fill("8 900 765-43-22");
  await plain.getByLabel("Acepto").check();
  await plain.getByRole("button", { name: "Send" }).click();
  await expect(plain.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await plain.context().close();

  // A browser without script has no proof of work, and these visitors type faster than anybody.
  await admin.goto(`${desk.url}/leads?state=to_check`);
  const release = admin.getByRole("button", { name: "Send to Kommo" });
  const phones = ["+79007654321", "+79007654322"];
  await expect(async () => {
    if ((await release.count()) > 0) await release.first().click({ timeout: 1000 });
    expect(listPhones().filter((phone) => phones.includes(phone))).toHaveLength(2);
  }).toPass();
  await admin.goto(practice.url);
  for (const [phone, values] of [
    ["+79007654321", ["vk", "autumn"]],
    ["+79007654322", ["google", "cpc"]],
  ] as const) {
    const card = admin.getByRole("article").filter({ hasText: phone });
    for (const value of values) await expect(card).toContainText(value);
  }
});

function listPhones(): string[] {
  const items = practice.incomingLeads().map(({ item }) => JSON.stringify(item));
  return items.flatMap((item) => /\+7\d{10}/.exec(item)?.[0] ?? []);
}

test("kill -9 under twenty senders while Kommo is away: what was accepted arrives, each once", async () => {
  const report = await websiteStorm({ senders: 20, awaySeconds: 1, leads: 60, kills: 1 });

  expect(report).toMatchObject({ kills: 1, lost: [], doubled: [] });
  expect(report.acknowledged).toBeGreaterThanOrEqual(60);
  expect(report.unanswered).toBeGreaterThan(0);
});
