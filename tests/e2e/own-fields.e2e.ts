import { DatabaseSync } from "node:sqlite";
import { expect, type Locator, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, paste, sendLead, signIn } from "../support/pages";
import { test } from "../support/test";

const PHONE_SIZE = { width: 360, height: 640 };
const contact = (fieldId: number, enumCode: string) => {
  return { entity: "contacts", fieldId, enumCode, type: "multitext" };
};

let practice: Practice;
let desk: Desk;

// One desk whose form changes from test to test.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  desk = await startDesk(settings);
  const fields = { phone: contact(467700, "WORK"), email: contact(467702, "WORK") };
  const body = { pipelineId: 12984871, fields, keptOnForm: ["telegram"], holdSeconds: 0 };
  const db = new DatabaseSync(settings.DATABASE_URL?.replace("file:", "") ?? "", { timeout: 5000 });
  // The first one is completed by what the account has.
  db.prepare("insert into mappings (version, body, published_at) values (2, ?, ?)").run(
    JSON.stringify(body),
    Date.now(),
  );
  db.close();
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));

async function openOwnForm(page: Page) {
  await page.goto(`${desk.url}/admin/kommo`);
  const own = page.getByRole("region", { name: "Our fields on the form" });
  await expect(own).toBeVisible();
  await expectAlive(page, "Move Email up");
  return own;
}

async function openRow(own: Locator, field: string): Promise<Locator> {
  const row = own.locator(`#mapping-form-${field}`);
  await row.locator("summary").press("Enter");
  return row;
}

async function publish(page: Page, version: number): Promise<void> {
  await expect(page.getByText("Draft saved.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: `Publish version ${version}` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(`Version ${version} is published, with no changes since.`)).toBeVisible();
}

/** The labels in the first block, as they stand. */
function listLabels(page: Page): Promise<string[]> {
  return page.locator("form[method=dialog] label:not(details *)").allInnerTexts();
}

test("by keyboard and on a phone, the admin renames, requires, moves and hides, and the form is so", async ({
  page,
}) => {
  await page.setViewportSize(PHONE_SIZE);
  const own = await openOwnForm(page);
  const preview = page.getByRole("region", { name: "The form as a seller sees it" });

  const up = own.getByRole("button", { name: "Move Email up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(up).toBeFocused();
  const surname = await openRow(own, "surname");
  await surname.getByLabel("On the form").press("Space");
  await expect(surname.getByText("Surname · not on the form")).toBeVisible();
  const phone = await openRow(own, "phone");
  await phone.getByLabel("Label in English").fill("Telegram");
  await expect(phone.getByText("“Telegram” is already the name of another field")).toBeVisible();
  await phone.getByLabel("Label in English").fill("Mobile");
  const email = await openRow(own, "email");
  await email.getByLabel("Required").press("Space");
  expect(await listViolations(page)).toEqual([]);
  await expect(preview.locator("label").filter({ visible: true }).first()).toHaveText("Mobile");
  await expect(preview.locator("label", { hasText: "Email · required" })).toBeVisible();
  await expect(preview.locator("label", { hasText: "Surname" })).toHaveCount(0);
  await publish(page, 3);
  await page
    .getByText(/^\d+ changes$/)
    .first()
    .click();
  for (const words of [
    "Phone is called “Mobile” on the form",
    "Email is required",
    "Surname is taken off the form",
    "Email moves from More to the main fields",
  ]) {
    await expect(page.getByRole("listitem").filter({ hasText: words }).first()).toBeVisible();
  }

  await page.goto(desk.url);
  await expectAlive(page);
  expect(await listLabels(page)).toEqual(["Mobile", "Name", "Telegram", "Email · required", "Comment"]);
  expect(await listViolations(page)).toEqual([]);
});

test("a required field is asked for, and what a hidden one held goes into the comment", async ({ page }) => {
  await test.step("a lead without the required field is refused at it, in the form and in the rows of several", async () => {
    await page.goto(desk.url);
    await expectAlive(page);
    const email = page.getByLabel("Email · required");
    await expect(page.getByLabel("Mobile")).toBeFocused();
    await page.keyboard.type("+7 900 123-45-67");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Иван");
    await page.keyboard.press("Control+Enter");
    await expect(email).toHaveAccessibleDescription("Fill this in");
    await expect(email).toBeFocused();
    await page.keyboard.type("ivan@example.com");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    await expect(page.getByLabel("Mobile")).toBeFocused();

    await paste(page, "Мария +7 900 123-45-68 maria@example.com\nОлег +7 900 123-45-69");
    await expect(page.getByRole("heading", { name: "2 people found" })).toBeVisible();
    await page.keyboard.press("Control+Enter");
    const row = page.getByRole("listitem", { name: "Row 1" });
    await expect(row.getByLabel("Mobile")).toHaveValue("+7 900 123-45-69");
    await expect(row.getByLabel("Email · required")).toHaveAccessibleDescription("Fill this in");
    await row.getByLabel("Email · required").fill("oleg@example.com");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => practice.incomingLeads().length).toBe(3);
  });

  await test.step("a pasted word for a hidden field goes into the comment, and the contacts cannot all be hidden", async () => {
    await page.goto(desk.url);
    await expectAlive(page);
    await paste(page, "Иван Петров +7 900 123-45-70 ivan70@example.com");
    await expect(page.getByLabel("Email · required")).toHaveValue("ivan70@example.com");
    await sendLead(page);
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    await page.goto(`${desk.url}/leads?q=ivan70`);
    await page.getByRole("link", { name: "Иван", exact: true }).first().click();
    const values = page.getByRole("article");
    await expect(values.getByText("Петров")).toBeVisible();
    await expect(values.getByText("Mobile")).toBeVisible();

    const own = await openOwnForm(page);
    const telegram = await openRow(own, "telegram");
    for (const row of [telegram, await openRow(own, "phone"), await openRow(own, "email")]) {
      await row.getByLabel("On the form").uncheck();
    }
    await expect(own.getByText("Keep the phone, Telegram or the email on the form")).toBeVisible();
    await telegram.getByLabel("On the form").check();
    await publish(page, 4);

    await page.goto(desk.url);
    await expectAlive(page);
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type("Иван");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByLabel("Telegram")).toHaveAccessibleDescription("Fill this in");
    await expect(page.getByLabel("Telegram")).toBeFocused();
  });
});
