import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { addColleague } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

const SELLER = { email: "seller@example.com", password: ADMIN.password };

let practice: Practice;
let desk: Desk;
let database: string;

test.beforeAll(async ({ browser }) => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  database = settings.DATABASE_URL?.replace("file:", "") ?? "";
  desk = await startDesk(settings);
  const page = await browser.newPage();
  await signIn(page, desk);
  await saveLead(page, desk, { name: "Пётр", surname: "Ёлкин", phone: "+7 900 123-45-67", source: "Expo" });
  await saveLead(page, desk, { name: "Анна", surname: "Петрова", phone: "+7 900 765-43-21", source: "Сайт" });
  await saveLead(page, desk, { name: "Олег", surname: "Ким", telegram: "@oleg_kim" });
  await expect.poll(() => practice.incomingLeads().length).toBe(3);
  await page.close();
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));

async function openList(page: Page, query = ""): Promise<void> {
  await page.goto(`${desk.url}/leads${query}`);
  await expect(page.getByLabel("Search", { exact: true })).toBeVisible();
  // Keys are heard once React has taken the page over.
  await page.waitForFunction(() => {
    const field = document.querySelector("#list-search") ?? {};
    return Object.keys(field).some((key) => key.startsWith("__reactProps"));
  });
}

const rows = (page: Page) => page.locator("#leads tbody tr");

/** From outside: Kommo refuses the lead, or nobody knows. */
function setState(name: string, state: string, problem: string | null, detail: string | null = null): void {
  const db = new DatabaseSync(database, { timeout: 5000 });
  db.prepare("update leads set state = ?, problem = ?, problem_detail = ? where name = ?").run(
    state,
    problem,
    detail,
    name,
  );
  db.close();
}

test("a lead is found by its last four digits in six keys", async ({ page }) => {
  await openList(page);
  await expect(rows(page)).toHaveCount(3);

  const presses = ["/", "4", "5", "6", "7", "Enter"];
  for (const key of presses) await page.keyboard.press(key);

  expect(presses.length).toBeLessThanOrEqual(6);
  await expect(page.getByRole("heading", { level: 1, name: "Пётр Ёлкин" })).toBeVisible();
});

test("several found are gone to by Enter, and what is typed narrows the list and the address", async ({
  page,
}) => {
  await openList(page);

  await page.keyboard.press("/");
  await page.keyboard.type("петр");
  await expect(rows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/q=/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Анна Петрова" })).toBeFocused();

  await page.reload();
  await expect(page.getByLabel("Search", { exact: true })).toHaveValue("петр");
  await expect(rows(page)).toHaveCount(2);
});

test("what is not found says so and leads back to everything", async ({ page }) => {
  await openList(page, "?q=nobody%40example.com");
  await expect(page.getByText("Nothing found").last()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.getByRole("link", { name: "Show all leads" }).click();

  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByLabel("Search", { exact: true })).toHaveValue("");
});

test("filters and order stand in the address", async ({ page }) => {
  await openList(page);

  await page.getByLabel("Source").selectOption("Expo");
  await expect(rows(page)).toHaveCount(1);
  await expect(page).toHaveURL(/source=Expo/);
  await page.getByLabel("Source").selectOption("All sources");
  // Until then the heads of the columns keep the filter of before.
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("link", { name: "Name", exact: true }).click();

  await expect(page).toHaveURL(/sort=name/);
  await expect(rows(page).first()).toContainText("Анна Петрова");
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
});

test("a day is a day where the person is", async ({ browser, page }) => {
  const context = await browser.newContext({
    timezoneId: "Asia/Vladivostok",
    storageState: await page.context().storageState(),
  });
  const far = await context.newPage();
  await openList(far);
  const today = await far.evaluate(() => new Intl.DateTimeFormat("sv").format(new Date()));

  await far.getByLabel("From").fill(today);
  await expect(far).toHaveURL(/from=.*%2B10%3A00/);
  await expect(rows(far)).toHaveCount(3);
  await expect(far.getByLabel("From")).toHaveValue(today);
  await far.getByLabel("From").fill("2999-01-01");

  await expect(far.getByText("Nothing found").last()).toBeVisible();
  await context.close();
});

test("a refused lead stands first, with one sentence and a way to fix it", async ({ page }) => {
  const refused = [{ field: "education", code: "NotSupportedChoice", path: "x" }];
  setState("Анна", "needs_fix", "refused", JSON.stringify(refused));
  setState("Олег", "needs_admin", "unclear");

  await openList(page);

  const stuck = page.getByRole("region", { name: "Needs attention" });
  await expect(stuck.getByText("Education: Kommo doesn’t recognise this value or field.")).toBeVisible();
  await expect(stuck.getByRole("link", { name: "Fix" })).toHaveAttribute("href", /\/\?lead=[\w-]+$/);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Needs you 1" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.getByRole("link", { name: "Needs you 1" }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect(stuck.getByRole("listitem")).toHaveText([/Education: Kommo doesn’t recognise.*Fix$/]);
  await page.getByRole("link", { name: "Needs the admin 1" }).click();
  await expect(stuck.getByRole("listitem")).toHaveCount(1);
  await stuck.getByRole("link", { name: "Review" }).click();
  await expect(page.getByRole("button", { name: "It’s in Kommo" })).toBeVisible();
  setState("Анна", "confirmed", null);
  setState("Олег", "confirmed", null);
});

test("the filtered list is saved as a file, and counted", async ({ page }) => {
  await openList(page, "?source=Expo");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);

  const text = readFileSync(await download.path(), "utf8");
  expect(text.startsWith("\ufeffEntered;Phone;Name;Surname")).toBe(true);
  expect(text.split("\r\n")).toHaveLength(3);
  expect(text).toContain(";'+79001234567;Пётр;Ёлкин;");
  await expect(page.getByText("1 lead saved to the file.")).toBeVisible();
});

test("a list is taken out over plain http too, where browsers mint no ids", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, "randomUUID"));
  await openList(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);

  expect(readFileSync(await download.path(), "utf8")).toContain("Ёлкин");
});

test("a seller sees their own leads, learns who is known, and takes nothing out", async ({ page }) => {
  addColleague(`file:${database}`, { name: "Сергей", email: SELLER.email });
  await page.context().clearCookies();
  await signIn(page, desk, SELLER);

  const known = await page.request.get(`${desk.url}/api/leads/duplicates?phone=8%20900%20123-45-67`);
  expect(await known.json()).toMatchObject({
    matches: [{ strength: "exact", by: "phone", author: "Admin", state: "confirmed", leadId: null }],
  });
  const taken = await page.request.get(
    `${desk.url}/api/leads/export?format=csv&ticket=0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10`,
  );
  expect(taken.status()).toBe(403);
  await page.goto(`${desk.url}/leads`);
  await expect(page.getByText("No leads yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "CSV" })).toBeHidden();
});

test("by which version of the mapping a lead went is said to those who look after it, not to a seller", async ({
  page,
}) => {
  const db = new DatabaseSync(database, { timeout: 5000 });
  db.prepare("update leads set mapping_version = 1 where name = 'Анна'").run();
  const { id } = db.prepare("select id from leads where name = 'Анна'").get() as { id: string };
  const said = page.getByText("Sent with version 1 of the mapping.");
  await page.goto(`${desk.url}/leads/${id}`);
  await expect(said).toBeVisible();

  db.prepare("update people set role = 'seller' where email = ?").run(ADMIN.email);
  await page.reload();
  await expect(page.getByRole("heading", { name: "Delivery history" })).toBeVisible();
  await expect(said).toHaveCount(0);
  db.prepare("update people set role = 'admin' where email = ?").run(ADMIN.email);
  db.close();
});

test("who is signed out is told nothing", async ({ page }) => {
  await page.context().clearCookies();

  for (const path of [
    "duplicates?phone=1",
    "duplicates/kommo?phone=%2B79001234567",
    "export?format=csv",
    "export/x",
  ]) {
    expect((await page.request.get(`${desk.url}/api/leads/${path}`)).status(), path).toBe(401);
  }
});
