import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { field, words } from "../../practice/state/account-parts.ts";
import { issueToken } from "../../practice/state/token.ts";
import { openFixtures } from "../support/accounts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { openForm, signIn } from "../support/pages";
import { test } from "../support/test";

// Two screens full: more would make a key slower than a frame.
const FIRST_ROWS = 20;
const MANY = 1000;

let practice: Practice;
let desk: Desk;

test.beforeAll(async () => {
  const { account } = openFixtures().large;
  const { leads } = account.fields;
  while (leads.length < MANY) {
    const id = 3_000_000 + leads.length * 10;
    const enums = words(id + 1, ["Да", "Нет", "Не знаю"]);
    leads.push(field("leads", id, `Поле номер ${leads.length}`, "select", { enums }));
  }
  practice = await startPractice({ account });
  desk = await startDesk(freshSettings(practice));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

async function openKommo(page: Page, at: Desk): Promise<void> {
  await signIn(page, at);
  await page.goto(`${at.url}/admin/kommo`);
  await expect(page.getByRole("heading", { name: "Kommo fields" })).toBeVisible({ timeout: 15_000 });
}

async function connect(page: Page, address: string, token: string): Promise<void> {
  await page.getByLabel("Subdomain", { exact: true }).fill(address);
  await page.getByLabel("Long-lived token", { exact: true }).fill(token);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}

test("an admin connects an account by address and token, which is tried at once and never shown again", async ({
  page,
}) => {
  // Without any setting of Kommo's the desk begins with a practice account of its own.
  const { KOMMO_BASE_URL, KOMMO_API_TOKEN, ...settings } = freshSettings(practice);
  const bare = await startDesk(settings);
  await openKommo(page, bare);
  await page.getByText("Connect a real account").click();
  await connect(page, "https://example.com", "abc");
  await expect(page.getByLabel("Subdomain", { exact: true })).toHaveAccessibleDescription(
    "Enter the first part of the account’s address, for example intermigro, or the whole amoCRM address, for example intermigro.amocrm.ru",
  );
  await expect(page.getByLabel("Long-lived token", { exact: true })).toHaveAccessibleDescription(
    /^This isn’t the whole token/,
  );
  practice.control.revokeToken();
  await connect(page, practice.url, practice.token);
  await expect(page.getByText("Kommo rejects this token.", { exact: false })).toBeVisible();
  practice.control.revokeToken(false);
  await connect(page, practice.url, practice.token);

  await expect(page.getByText("Connected. All waiting leads leave now.")).toBeVisible();
  await expect(page.getByText(`Token …${practice.token.slice(-4)}`)).toBeVisible();
  await expect(page.getByText("fixture-6")).toBeVisible();
  expect(await page.content()).not.toContain(practice.token);
  await bare.stop();
});

test("a token that ends in five days is told to admins on every page, until the one where it is", async ({
  page,
}) => {
  const inFiveDays = Math.floor(Date.now() / 1000) + 5.5 * 24 * 60 * 60;
  const late = await startDesk(freshSettings({ url: practice.url, token: issueToken(inFiveDays) }));
  await signIn(page, late);
  await openForm(page, late);
  const band = page.getByRole("status").filter({ hasText: "The Kommo token expires in 5 days." });
  await expect(band).toBeVisible();
  expect(await listViolations(page)).toEqual([]);

  await band.getByRole("link", { name: "Replace token" }).click();
  await expect(page.getByText("5 days left")).toBeVisible();
  await expect(band).toHaveCount(0);
  await late.stop();
});

test("one of a thousand fields is found, and records that could not be read are named", async ({ page }) => {
  await test.step("a search among a thousand fields finds the one, and renders no more of them than are seen", async () => {
    await openKommo(page, desk);
    await expect(page.getByText("1,000 of 1,000")).toBeVisible();
    const rows = page.getByRole("tabpanel").getByRole("listitem");
    await page.getByRole("searchbox").focus();

    for (const letter of "поле номер ") {
      await page.keyboard.type(letter);
      expect(await rows.count()).toBeLessThanOrEqual(FIRST_ROWS);
    }
    await expect(page.getByText(/^\d{3} found$/)).toBeVisible();
    await page.keyboard.type("777");
    await expect(page.getByText("1 found")).toBeVisible();
    await expect(rows).toHaveText([/Поле номер 777/]);
  });

  await test.step("records of Kommo that could not be read are named on its page, and the rest is there", async () => {
    practice.control.setSwitch("oddRecords", true);
    await page.getByRole("button", { name: "Refresh", exact: true }).click();

    const notice = page.getByText("Kommo records couldn’t be read").locator("..");
    await expect(notice).toContainText("stage 6 of pipeline");
    await expect(page.getByRole("heading", { name: "Kommo fields" })).toBeVisible();
    practice.control.setSwitch("oddRecords", false);
  });
});

test.describe("on a phone", () => {
  test.use({
    locale: "ru",
    contextOptions: { reducedMotion: "reduce" },
    viewport: { width: 360, height: 640 },
  });

  test("the catalogue and what it unfolds are accessible in both themes", async ({ page: phone }) => {
    await signIn(phone, desk);
    await phone.goto(`${desk.url}/admin/kommo`);
    await phone.getByText("Поля Kommo", { exact: true }).first().click({ timeout: 15_000 });
    await phone.getByRole("searchbox").fill("номер 500");
    await phone.getByText("3 варианта").first().click();
    await expect(phone.getByText("Не знаю")).toBeVisible();

    for (const colorScheme of ["light", "dark"] as const) {
      await phone.emulateMedia({ colorScheme });
      expect(await listViolations(phone), colorScheme).toEqual([]);
    }
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
