import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import en from "../../messages/en.json" with { type: "json" };
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { openForm, saveLead, signIn, typeSignIn } from "../support/pages";
import { listRoutes } from "../support/routes";
import { test } from "../support/test";

// A key without words shows as its own path.
const RAW_KEY = new RegExp(`\\b(${Object.keys(en).join("|")})\\.[a-z_]+`);

let practice: Practice;
let desk: Desk;

/** Of the build, so that a new page is looked at too. The two of Next's own are shown at other addresses. */
function listPages(): string[] {
  return listRoutes().filter((route) => !/^\/(api\/|_|icon\.svg)/.test(route));
}

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, { HOLD_SECONDS: "0" }));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

for (const locale of ["en", "ru"]) {
  test(`every page is accessible in both themes and fits a phone, ${locale}`, async ({ browser, page }) => {
    // As many pages as there are.
    test.slow();
    await signIn(page, desk);
    const lead = await saveLead(page, desk, {
      name: "Очень длинное имя ".repeat(4),
      phone: "8 900 123-45-67",
    });
    const context = await browser.newContext({
      locale,
      reducedMotion: "reduce",
      viewport: { width: 360, height: 640 },
      storageState: await page.context().storageState(),
    });
    const phone = await context.newPage();
    await phone.goto(`${desk.url}/admin/people`);
    const person = await phone.locator("th a").first().getAttribute("href");
    const ofRows: Record<string, string | null> = {
      "/leads/[id]": `/leads/${lead}`,
      "/admin/people/[id]": person,
    };

    const atDoor = ["/sign-in", "/setup"];
    const inside = listPages().filter((route) => !atDoor.includes(route));
    for (const route of inside) await expectSound(phone, ofRows[route] ?? route);
    for (const path of ["/leads/unknown", "/admin/nowhere", "/nowhere"]) await expectSound(phone, path);
    await context.clearCookies();
    for (const path of ["/sign-in", "/sign-in?error=disabled", "/setup?token=x"])
      await expectSound(phone, path);

    await expect(phone.locator("html")).toHaveAttribute("lang", locale);
    await context.close();
  });
}

async function expectSound(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(desk.url + path);
  await expect(page.locator("main")).toBeVisible();

  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), path).not.toBe(light);
  // The same page in other colours.
  const dark = await new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]).analyze();
  expect(dark.violations, `${path}, dark`).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(360);
  expect(await page.locator("body").innerText(), path).not.toMatch(RAW_KEY);
}

test("the five fields and the button fit one phone screen", async ({ browser, page }) => {
  await signIn(page, desk);
  const context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    storageState: await page.context().storageState(),
  });
  const phone = await context.newPage();
  await phone.goto(desk.url);

  for (const name of ["Phone", "Name", "Surname", "Telegram", "Source"]) {
    await expect(phone.getByLabel(name, { exact: true })).toBeInViewport({ ratio: 1 });
  }
  await expect(phone.getByRole("button", { name: "Send and next" })).toBeInViewport({ ratio: 1 });
  await context.close();
});

test("letters twice as large wrap instead of scrolling sideways", async ({ browser, page }) => {
  await signIn(page, desk);
  const lead = await saveLead(page, desk, { name: "Константин", phone: "8 900 123-45-67" });
  const context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    storageState: await page.context().storageState(),
  });
  const phone = await context.newPage();

  for (const path of ["/", "/leads", `/leads/${lead}`, "/admin/kommo"]) {
    await phone.goto(desk.url + path);
    await phone.evaluate(() => document.documentElement.style.setProperty("font-size", "32px", "important"));
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(360);
  }
  await context.close();
});

test("language and theme are a choice that stays, and follows the person", async ({ page, browser }) => {
  await signIn(page, desk);
  await openForm(page, desk);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByText("Русский").click();
  await expect(page.getByRole("button", { name: "Отправить и дальше" })).toBeVisible();
  await page.getByText("Тёмная").click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  const other = await browser.newPage();
  await other.goto(desk.url);
  await typeSignIn(other);
  await expect(other.getByRole("button", { name: "Отправить и дальше" })).toBeVisible();
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await other.getByRole("button", { name: "Admin" }).click();
  await other.getByText("English").click();
  await expect(other.getByRole("button", { name: "Send and next" })).toBeVisible();
  await other.close();
});

test("signing out closes every page", async ({ page }) => {
  await signIn(page, desk);
  await openForm(page, desk);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);

  for (const path of ["/", "/leads", "/leads/any", "/admin/kommo"]) {
    const answer = await page.request.get(desk.url + path, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(307);
    await page.goto(desk.url + path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  expect((await page.request.get(`${desk.url}/api/leads/recent`)).status()).toBe(401);
  expect((await page.request.post(`${desk.url}/api/leads`, { data: {} })).status()).toBe(401);
});
