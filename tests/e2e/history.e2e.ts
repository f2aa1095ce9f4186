import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { addColleague } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { endSession, saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

const WON = 142;
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
  await expectListening(page);
}

async function expectListening(page: Page): Promise<void> {
  await expect(page.getByLabel("Search", { exact: true })).toBeVisible();
  // Keys are heard once React has taken the page over, effects included.
  await page.waitForFunction(() => {
    const slash = new KeyboardEvent("keydown", { key: "/", cancelable: true });
    window.dispatchEvent(slash);
    return slash.defaultPrevented;
  });
  await page.getByLabel("Search", { exact: true }).blur();
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

function setOutcome(name: string, outcome: string): void {
  const db = new DatabaseSync(database, { timeout: 5000 });
  db.prepare("update leads set outcome = ? where name = ?").run(outcome, name);
  db.close();
}

test("leads are found by keys, by words and by filters, which stand in the address", async ({ page }) => {
  await test.step("a lead is found by its last four digits in six keys", async () => {
    await openList(page);
    await expect(rows(page)).toHaveCount(3);

    const presses = ["/", "4", "5", "6", "7", "Enter"];
    for (const key of presses) await page.keyboard.press(key);

    expect(presses.length).toBeLessThanOrEqual(6);
    await expect(page.getByRole("heading", { level: 1, name: "Пётр Ёлкин" })).toBeVisible();
  });

  await test.step("several found are gone to by Enter, and what is typed narrows the list and the address", async () => {
    await page.goBack();
    await expectListening(page);

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

  await test.step("what is not found says so and leads back to everything", async () => {
    await page.getByLabel("Search", { exact: true }).fill("nobody@example.com");
    await expect(page.getByText("Nothing found").last()).toBeVisible();
    const violations = await listViolations(page);
    expect(violations).toEqual([]);

    await page.getByRole("link", { name: "Show all leads" }).click();

    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByLabel("Search", { exact: true })).toHaveValue("");
  });

  await test.step("filters and order stand in the address", async () => {
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
});

test("an outcome narrows the list, and a row opens by a press anywhere", async ({ page }) => {
  await test.step("an outcome narrows the list, and gives way to a status that has none", async () => {
    const lead = practice.incomingLeads().find(({ item }) => JSON.stringify(item).includes("Олег"));
    await practice.control.accept(lead?.leadId ?? 0);
    await practice.control.moveLead({ leadId: lead?.leadId ?? 0, statusId: WON });
    // As the desk's next look would find it.
    setOutcome("Олег", "won");
    await openList(page);

    await page.getByLabel("Outcome").selectOption("Won");
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Олег Ким");
    await expect(page).toHaveURL(/outcome=won/);
    expect(await listViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "Waiting" }).click();

    await expect(page).toHaveURL(/\/leads\?state=waiting$/);
    await expect(page.getByLabel("Outcome")).toHaveValue("");
  });

  await test.step("a row opens by a press anywhere, and its words can be selected", async () => {
    await openList(page, "?source=Expo&state=in_kommo");
    const phone = rows(page).getByText("+7 900 123-45-67");
    const box = (await phone.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + 12, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + box.height / 2);
    await page.mouse.up();
    expect(await page.evaluate(() => String(getSelection()))).toMatch(/\d{3}/);
    await expect(page).toHaveURL(/\/leads\?/);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(page).toHaveURL(/\/leads$/);

    await rows(page).getByText("Expo", { exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Пётр Ёлкин" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Call" })).toHaveAttribute("href", "tel:+79001234567");
    await expect(page.getByRole("link", { name: "Telegram" })).toHaveAttribute(
      "href",
      "https://t.me/+79001234567",
    );
    await expect(page.getByRole("button", { name: "Copy +79001234567" })).toBeVisible();
  });
});

test.describe("far away", () => {
  // Where midnight is hours away: the leads are of today as long as the test runs.
  const isEarly = new Date().getUTCHours() < 12;
  test.use({ timezoneId: isEarly ? "Asia/Vladivostok" : "Pacific/Honolulu" });

  test("a day is a day where the person is", async ({ page: far }) => {
    await openList(far);
    const today = await far.evaluate(() => new Intl.DateTimeFormat("sv").format(new Date()));

    await far.getByLabel("From").fill(today);
    await expect(far).toHaveURL(isEarly ? /from=.*%2B10%3A00/ : /from=.*-10%3A00/);
    await expect(rows(far)).toHaveCount(3);
    await expect(far.getByLabel("From")).toHaveValue(today);
    await far.getByLabel("From").fill("2999-01-01");

    await expect(far.getByText("Nothing found").last()).toBeVisible();
  });
});

test("what needs attention stands first, is handed back, and a decision given up says how far it came", async ({
  page,
}) => {
  await test.step("a refused lead stands first, with one sentence and a way to fix it", async () => {
    const refused = [{ field: "education", code: "NotSupportedChoice", path: "x" }];
    setState("Анна", "needs_fix", "refused", JSON.stringify(refused));
    setState("Олег", "needs_admin", "unclear");

    await openList(page);

    const stuck = page.getByRole("region", { name: "Needs attention" });
    await expect(stuck.getByText("Education: Kommo doesn’t recognise this value or field.")).toBeVisible();
    await expect(stuck.getByRole("link", { name: "Fix" })).toHaveAttribute("href", /\/\?lead=[\w-]+$/);
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole("link", { name: "Needs you 1" })).toBeVisible();
    const violations = await listViolations(page);
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

  await test.step("leads are chosen by the keyboard and handed back to who entered them", async () => {
    setState("Анна", "needs_admin", "mapping_broken");
    setState("Олег", "needs_admin", "mapping_broken");
    await openList(page, "?state=needs_admin");

    await page.getByRole("checkbox", { name: "Select Олег" }).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await expect(page.getByText("2 selected")).toBeVisible();
    await page.getByRole("button", { name: "Hand back to the seller" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Hand back to the seller" }).click();

    await expect(page.getByText("Nothing needs attention")).toBeVisible();
    await expect(page.getByText("2 leads are back with the seller.")).toBeVisible();
    await page.goto(`${desk.url}/leads?state=needs_you`);
    await expect(page.getByText("Handed back to be corrected")).toHaveCount(2);
    setState("Анна", "confirmed", null);
    setState("Олег", "confirmed", null);
  });

  await test.step("a decision on many leads that is given up halfway says how many it changed", async () => {
    const db = new DatabaseSync(database, { timeout: 5000 });
    const columns = "author_id, phone, due_at, tries, created_at, name_key";
    const copy = db.prepare(
      `insert into leads (id, name, state, problem, ${columns}) select ?, ?, 'needs_admin', 'mapping_broken', ${columns} from leads where name = 'Пётр'`,
    );
    for (let index = 0; index < 150; index++) copy.run(randomUUID(), `Много ${index}`);
    await openList(page, "?state=needs_admin");
    await page.getByRole("checkbox", { name: "Select all on this page" }).check();
    await page.getByRole("button", { name: "Select all leads of this list" }).click();
    await page.getByRole("button", { name: "Hand back to the seller" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("150 leads");
    let parts = 0;
    await page.route("**/leads**", (route) =>
      route.request().method() === "POST" && ++parts > 1 ? route.abort() : route.continue(),
    );

    await dialog.getByRole("button", { name: "Hand back to the seller" }).click();
    await expect(dialog.getByRole("alert")).toContainText("No connection to the server.");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await expect(page.getByText("100 leads are back with the seller.")).toBeVisible();
    db.exec("delete from leads where name like 'Много %'");
    db.close();
  });
});

test("the filtered list is saved as a file, also over plain http", async ({ page }) => {
  await test.step("the filtered list is saved as a file, and counted", async () => {
    await openList(page, "?source=Expo");
    await page.getByLabel("File").selectOption("CSV for Excel");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);

    const text = readFileSync(await download.path(), "utf8");
    expect(text.startsWith('\ufeff"Entered";"Phone";"Name";"Surname"')).toBe(true);
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).toContain(`;"'+79001234567";"Пётр";"Ёлкин";`);
    await expect(page.getByText("1 lead saved to the file.")).toBeVisible();
  });

  await test.step("a list is taken out over plain http too, where browsers mint no ids", async () => {
    await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, "randomUUID"));
    await openList(page);
    await page.getByLabel("File").selectOption("CSV for other programs");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export" }).click(),
    ]);

    expect(readFileSync(await download.path(), "utf8")).toContain("Ёлкин");
  });
});

test("a seller sees their own leads alone, and who is signed out nothing", async ({ page }) => {
  await test.step("a seller sees their own leads, learns who is known, and takes nothing out", async () => {
    addColleague(`file:${database}`, { name: "Сергей", email: SELLER.email });
    await endSession(page, desk);
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
    await expect(page.getByRole("button", { name: "Export" })).toBeHidden();
  });

  await test.step("who is signed out is told nothing", async () => {
    await endSession(page, desk);

    for (const path of [
      "duplicates?phone=1",
      "duplicates/kommo?phone=%2B79001234567",
      "export?format=csv",
      "export/x",
    ]) {
      expect((await page.request.get(`${desk.url}/api/leads/${path}`)).status(), path).toBe(401);
    }
  });
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
