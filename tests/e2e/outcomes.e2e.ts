import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

const ILYA = 12310002;
const TALKS = 103140003;
const LOST = 143;
const TOO_DEAR = 601001;
const MEGABYTE = 1024 * 1024;
// The desk looks ten seconds apart, and the list of the last leads is read every fifteen.
const SEEN_WITHIN_MS = 40_000;

let practice: Practice;
let desk: Desk;

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, { HOLD_SECONDS: "0" }));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

test("what becomes of a lead in Kommo is seen where it was typed, woken by Kommo's webhook", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signIn(page, desk);
  await page.goto(`${desk.url}/admin/kommo`);
  await expectAlive(page, "Create a webhook address");
  await page.getByRole("button", { name: "Create a webhook address" }).click();
  const address = await page.getByText("/api/kommo/hooks/").innerText();
  await expect(page.getByText("None yet")).toBeVisible();
  expect(await post(`${address.slice(0, -1)}~`)).toBe(404);
  expect(await post(address, { "content-type": "text/xml" }, "x".repeat(4 * MEGABYTE))).toBe(200);
  expect(await post(address, {}, "x".repeat(6 * MEGABYTE)).catch(() => 413)).toBe(413);
  const storm = await Promise.all(Array.from({ length: 200 }, () => post(address)));
  expect(new Set(storm)).toEqual(new Set([200]));
  await practice.control.setHooks([address]);

  await openForm(page, desk);
  await typeLead(page, { Phone: "8 900 123-45-67", Name: "Иван", Source: "Expo" });
  await sendLead(page);
  const tray = page.getByRole("region", { name: "Your last leads" });
  await expect(tray.getByText("In Kommo #")).toBeVisible({ timeout: 20_000 });
  const leadId = practice.incomingLeads()[0]?.leadId ?? 0;

  // The page is neither reloaded nor touched from here on.
  await practice.control.accept(leadId, ILYA);
  await practice.control.moveLead({ leadId, statusId: TALKS });
  await expect(tray.getByText(/^Accepted by Илья Орлов, \d+ sec$/)).toBeVisible({
    timeout: SEEN_WITHIN_MS,
  });
  await expect(tray.getByText("Переговоры")).toBeVisible();
  await practice.control.moveLead({ leadId, statusId: LOST, lossReasonId: TOO_DEAR });
  await expect(tray.getByText("Lost: Слишком дорого")).toBeVisible({ timeout: SEEN_WITHIN_MS });

  await page.goto(`${desk.url}/leads`);
  await expect(page.getByRole("row", { name: /Иван.*Lost: Слишком дорого/ })).toBeVisible();
  await page.getByRole("link", { name: "Иван" }).click();
  await expect(page.getByRole("heading", { name: "Accepted by Илья Орлов" })).toBeVisible();
  await expect(page.getByText("Reason: Слишком дорого")).toBeVisible();
  await page.goto(`${desk.url}/overview?range=1&zone=UTC`);
  const sources = page.getByRole("table", { name: "What became of leads, by source" });
  await expect(sources.getByRole("row", { name: "Expo 1 1 100% 0 0%" })).toBeVisible();
  await page.goto(`${desk.url}/admin/kommo`);
  await expect(page.getByText("None yet")).toBeHidden();
});

async function post(address: string, headers: Record<string, string> = {}, body = "a=b"): Promise<number> {
  return (await fetch(address, { method: "POST", headers, body })).status;
}
