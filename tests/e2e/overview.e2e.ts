import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { addColleague } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { openForm, saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

const SELLER = { email: "seller@example.com", password: ADMIN.password };

let practice: Practice;
let desk: Desk;

test.beforeAll(async ({ browser }) => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  desk = await startDesk(settings);
  addColleague(settings.DATABASE_URL, { name: "Борис", email: SELLER.email });
  const page = await browser.newPage();
  await signIn(page, desk);
  await saveLead(page, desk, {
    name: "Пётр",
    surname: "Ёлкин",
    phone: "+7 900 123-45-67",
    source: "Expo",
    entry_ms: 4000,
  });
  await saveLead(page, desk, {
    name: "Анна",
    surname: "Петрова",
    phone: "+7 900 765-43-21",
    source: "Сайт",
    entry_ms: 5000,
  });
  await page.close();
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

test("a head sees the day by source and by person, and a period of one's own", async ({ page }) => {
  await test.step("a head sees the day by source and by person, as plots and as tables", async () => {
    await signIn(page, desk);
    await openForm(page, desk);
    await expect(page.getByRole("link", { name: "In Kommo #" })).toHaveCount(2);
    await page.getByRole("link", { name: "Overview" }).click();
    await expect(page).toHaveURL(/zone=/);
    await expect(page.getByRole("link", { name: "Overview" })).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("link", { name: "Leads", exact: true })).not.toHaveAttribute("aria-current");
    await page.getByRole("link", { name: "Today" }).click();
    await expect(page).toHaveURL(/range=1/);

    const sources = section(page, "Leads by source");
    await expect(sources.getByText("2 leads")).toBeVisible();
    await expect(sources.locator("svg rect[fill*='sources-']").first()).toBeVisible();
    await sources.getByRole("button", { name: "Show as table" }).click();
    await expect(sources.getByRole("columnheader", { name: "Expo" })).toBeVisible();
    await expect(sources.getByRole("row")).toHaveCount(25);
    await expect(section(page, "Leads by person").getByRole("rowheader", { name: "admin" })).toBeVisible();
    await expect(page.getByText("2 leads timed")).toBeVisible();
    await expect(page.getByText("of 2 leads sent")).toBeVisible();
  });

  await test.step("a period of one's own stays in the address and goes with the zone", async () => {
    await page.goto(`${desk.url}/overview?zone=Asia/Tokyo`);

    await page.getByText("Other dates").click();
    await page.getByLabel("From").fill("2026-01-01");
    await page.getByLabel("To", { exact: true }).fill("2026-01-31");
    await page.getByRole("button", { name: "Show", exact: true }).click();

    await expect(page).toHaveURL(/from=2026-01-01&to=2026-01-31&zone=Asia%2FTokyo/);
    await expect(page.getByText("Jan 1 – 31, 2026 · Days start at midnight in Asia/Tokyo.")).toBeVisible();
  });
});

test("a seller sees own figures alone, and an empty period in words", async ({ page }) => {
  await signIn(page, desk, SELLER);
  await page.goto(`${desk.url}/overview?zone=Europe/Moscow`);
  await expect(page.getByText("No leads in this period")).toBeVisible();

  await saveLead(page, desk, { name: "Олег", surname: "Ким", telegram: "@oleg_kim" });
  await page.goto(`${desk.url}/overview?zone=Europe/Moscow`);

  await expect(page.getByText("Only your own leads.")).toBeVisible();
  await expect(section(page, "Leads by source").getByText("1 lead", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Leads by person" })).toBeHidden();
  await expect(page.getByText("Expo")).toBeHidden();
});

test("without the script of the plots the tables stand in for them", async ({ page }) => {
  await signIn(page, desk);
  await page.goto(`${desk.url}/leads`);
  await page.getByRole("link", { name: "Overview" }).hover();
  await page.route(/\/_next\/static\/chunks\//, async (route) => {
    const response = await route.fetch();
    const isPlot = (await response.text()).includes("visx-bar-stack");
    return isPlot ? route.abort() : route.fulfill({ response });
  });

  await page.goto(`${desk.url}/overview?zone=UTC`);

  await expect(
    section(page, "Leads by source").first().getByText("The chart couldn’t be loaded"),
  ).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Expo" })).toBeVisible();
});

for (const [colorScheme, locale] of [
  ["light", "ru"],
  ["dark", "en"],
] as const) {
  test.describe(`on a phone, ${colorScheme}, ${locale}`, () => {
    const contextOptions = { reducedMotion: "reduce" } as const;
    test.use({ colorScheme, locale, viewport: { width: 360, height: 640 }, contextOptions });

    test("the overview's plots and tables are accessible and fit", async ({ page: phone }) => {
      await signIn(phone, desk);

      for (const [query, isEmpty] of [
        ["zone=UTC&range=90", false],
        ["zone=UTC&from=2026-01-01&to=2026-01-02", true],
      ]) {
        await phone.goto(`${desk.url}/overview?${query}`);
        if (!isEmpty) {
          await expect(phone.locator("svg rect[fill*='sources-']").first()).toBeVisible();
          await phone.locator("button[aria-controls='people-table']").click();
        }

        const violations = await listViolations(phone);
        expect(violations, query as string).toEqual([]);
        expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        expect(await phone.locator("body").innerText()).not.toMatch(/\b(overview|shell|leads)\.[a-z_]+/i);
      }
    });
  });
}
