import { expect, type Locator, type Page } from "@playwright/test";
import en from "../../messages/en.json" with { type: "json" };
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { endSession, openAccountMenu, openForm, saveLead, signIn, typeSignIn } from "../support/pages";
import { listRoutes } from "../support/routes";
import { test } from "../support/test";

// A key without words shows as its own path.
const RAW_KEY = new RegExp(`\\b(${Object.keys(en).join("|")})\\.[a-z_]+`);

let practice: Practice;
let desk: Desk;

/** Of the build, so that a new page is looked at too. The two of Next's own are shown at other addresses. */
function listPages(): string[] {
  return listRoutes().filter(
    (route) => !/^\/(api\/|_|icon\.svg|\.well-known\/|form\.js|f\/\[key\]\/form)/.test(route),
  );
}

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, { HOLD_SECONDS: "0" }));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

// Colours do not depend on the language, nor words on the theme.
for (const [locale, colorScheme] of [
  ["en", "light"],
  ["ru", "dark"],
] as const) {
  test.describe(`on a phone, ${locale} and ${colorScheme}`, () => {
    const contextOptions = { reducedMotion: "reduce" } as const;
    test.use({ locale, colorScheme, viewport: { width: 360, height: 640 }, contextOptions });

    test("every page is accessible and fits", async ({ page: phone }) => {
      // As many pages as there are.
      test.slow();
      await signIn(phone, desk);
      const lead = await saveLead(phone, desk, {
        name: "Очень длинное имя ".repeat(4),
        phone: "8 900 123-45-67",
      });
      await phone.goto(`${desk.url}/admin/people`);
      const person = await phone.locator("th a").first().getAttribute("href");
      const ofRows: Record<string, string | null> = {
        "/leads/[id]": `/leads/${lead}`,
        "/admin/people/[id]": person,
        "/admin/intake/[id]": await addWebsiteForm(phone),
        "/f/[key]": await phone.locator('a[href^="/f/"]').getAttribute("href"),
      };

      const atDoor = ["/sign-in", "/setup"];
      const inside = listPages().filter((route) => !atDoor.includes(route));
      for (const route of inside) await expectSound(phone, ofRows[route] ?? route);
      for (const path of ["/leads/unknown", "/admin/nowhere", "/nowhere"]) await expectSound(phone, path);
      await endSession(phone, desk);
      for (const path of ["/sign-in", "/sign-in?error=disabled", "/setup?token=x"])
        await expectSound(phone, path);

      await expect(phone.locator("html")).toHaveAttribute("lang", locale);
    });
  });
}

async function addWebsiteForm(page: Page): Promise<string> {
  await page.goto(`${desk.url}/admin/intake`);
  await page.locator("#form-name").fill("Очень длинное название ".repeat(4));
  // The button does something once its script is there.
  await expect(async () => {
    await page.locator("#form-name").press("Enter");
    await page.waitForURL(/\/admin\/intake\/[\da-f-]{36}$/, { timeout: 2000 });
  }).toPass();
  return new URL(page.url()).pathname;
}

async function expectSound(page: Page, path: string): Promise<void> {
  await page.goto(desk.url + path);
  await expect(page.locator("main")).toBeVisible();

  expect(await listViolations(page), path).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(360);
  expect(await page.locator("body").innerText(), path).not.toMatch(RAW_KEY);
}

test("pages follow the theme, the window and the size of letters, until the person signs out", async ({
  page,
}) => {
  await test.step("a page follows the system's theme", async () => {
    await signIn(page, desk);
    await page.goto(desk.url);
    const readColour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.emulateMedia({ colorScheme: "light" });
    const light = await readColour();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await readColour()).not.toBe(light);
  });

  await test.step("the two panes of the mapping scroll by themselves, and each section is one press away", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`${desk.url}/admin/kommo`);
    const publish = page.getByText("Version 1 is published");
    for (const section of ["Versions", "Sources", "Our fields"]) {
      const contents = page.getByRole("navigation", { name: "On this page" });
      await contents.getByRole("link", { name: section, exact: true }).click();
      await expect(page.getByRole("heading", { name: section, exact: true })).toBeInViewport({ ratio: 1 });
      await expect(publish).toBeInViewport({ ratio: 1 });
    }
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1300);
  });

  await test.step("letters twice as large wrap instead of scrolling sideways", async () => {
    const lead = await saveLead(page, desk, { name: "Константин", phone: "8 900 123-45-67" });
    await page.setViewportSize({ width: 360, height: 640 });

    for (const path of ["/", "/leads", `/leads/${lead}`, "/admin/kommo"]) {
      await page.goto(desk.url + path);
      await page.evaluate(() => document.documentElement.style.setProperty("font-size", "32px", "important"));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(360);
    }
  });

  await test.step("signing out closes every page", async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await openForm(page, desk);
    await openAccountMenu(page);
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
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });

  test("the five fields, the usual sources and the button fit one screen", async ({ page: phone }) => {
    await signIn(phone, desk);
    await saveLead(phone, desk, { phone: "8 900 123-45-67", source: "Expo" });
    await phone.goto(desk.url);

    for (const name of ["Phone", "Name", "Surname", "Telegram", "Source"]) {
      await expect(phone.getByLabel(name, { exact: true })).toBeInViewport({ ratio: 1 });
    }
    const send = phone.getByRole("button", { name: "Send and next" });
    await expect(send).toBeInViewport({ ratio: 1 });
    const [source, button] = [await boxOf(phone.getByRole("button", { name: "Expo" })), await boxOf(send)];
    expect(source.y + source.height).toBeLessThanOrEqual(button.y);
  });
});

async function boxOf(element: Locator) {
  return (await element.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
}

test("language and theme are a choice that stays, and follows the person", async ({ page, browser }) => {
  await signIn(page, desk);
  await openForm(page, desk);
  await openAccountMenu(page);
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
