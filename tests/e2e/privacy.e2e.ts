import { expect, type Page } from "@playwright/test";
import type { Lead } from "@/lib/domain/lead/schema";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { readLeadStates } from "../support/lead-states";
import { openForm, saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;
let databaseUrl: string;

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  databaseUrl = String(settings.DATABASE_URL);
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

async function arrive(page: Page, fields: Partial<Lead>): Promise<void> {
  const id = await saveLead(page, desk, fields);
  await expect
    .poll(async () => (await readLeadStates(databaseUrl)).get(id)?.state, { timeout: 30_000 })
    .toBe("confirmed");
}

test("a person is found in any spelling, or from a lead's page, and erased", async ({ page }) => {
  await test.step("a person is found in any spelling and erased everywhere but in Kommo", async () => {
    await signIn(page, desk);
    await arrive(page, { name: "Иван", phone: "8 900 123-45-67", email: "ivan@example.com" });
    await arrive(page, { name: "Vanya", telegram: "vanya_p", email: "IVAN@example.com" });
    await arrive(page, { name: "Пётр", phone: "8 900 765-43-21" });

    await openForm(page, desk);
    await page.getByRole("link", { name: "Privacy" }).click();
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("Enter a phone, Telegram or email")).toBeVisible();
    await page.getByLabel("Phone, Telegram or email").fill("+7 (900) 1234567");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("2 leads of this person found")).toBeVisible();
    await page.getByRole("button", { name: "Erase 2 leads…" }).click();
    await expect(page.getByRole("dialog")).toContainText("Leads already in Kommo stay there");
    await page.getByRole("button", { name: "Erase permanently" }).click();

    await expect(page.getByText("2 leads erased.")).toBeVisible();
    await expect(page.getByText("2 leads, by Admin")).toBeVisible();
    await expect(page.getByText("Erase these in Kommo too")).toBeVisible();
    await expect(page.locator('a[href*="/leads/detail/"]')).toHaveCount(2);
    await page.getByLabel("Phone, Telegram or email").fill("vanya_p");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(
      page.getByText("Nothing is stored about this person. This person’s leads were erased:"),
    ).toBeVisible();
    await page.goto(`${desk.url}/leads`);
    await expect(page.getByText("Пётр")).toBeVisible();
    await expect(page.getByText(/Иван|Vanya/)).toHaveCount(0);
    expect(practice.incomingLeads()).toHaveLength(3);
  });

  await test.step("a lead's page leads to the person, and one of two can be left out", async () => {
    await arrive(page, { name: "Первая", email: "office@example.com" });
    await arrive(page, { name: "Второй", email: "office@example.com" });
    await page.goto(`${desk.url}/leads`);
    await page.getByRole("link", { name: "Первая" }).click();

    await page.getByRole("link", { name: "Erase this person…" }).click();
    await page.getByLabel("Erase Второй").uncheck();
    await page.getByRole("button", { name: "Erase 1 lead…" }).click();
    await page.getByRole("button", { name: "Erase permanently" }).click();
    await expect(page.getByText("1 lead erased.")).toBeVisible();

    await page.goto(`${desk.url}/leads`);
    await expect(page.getByText("Второй")).toBeVisible();
    await expect(page.getByText("Первая")).toHaveCount(0);
  });
});

test("a lead of which nobody knows yet is not erased, and the term is asked once", async ({ page }) => {
  await test.step("a lead of which nobody knows yet is not erased, and the page says so", async () => {
    await signIn(page, desk);
    practice.failNext({ kind: "slow", ms: 6000, method: "POST" });
    const id = await saveLead(page, desk, { name: "Летящий", telegram: "in_flight" });
    await expect.poll(async () => (await readLeadStates(databaseUrl)).get(id)?.state).toBe("sending");

    await page.goto(`${desk.url}/admin/privacy`);
    await page.getByLabel("Phone, Telegram or email").fill("@in_flight");
    await page.getByRole("button", { name: "Find" }).click();
    await page.getByRole("button", { name: "Erase 1 lead…" }).click();
    await page.getByRole("button", { name: "Erase permanently" }).click();

    await expect(page.getByRole("alert").filter({ hasText: "Nothing was erased" })).toBeVisible();
  });

  await test.step("the term is a whole number of days or for ever, and is asked once", async () => {
    await page.goto(`${desk.url}/admin/privacy`);
    const days = page.getByLabel("Days");
    const save = page.getByRole("button", { name: "Save" });

    await days.fill("0");
    await save.click();
    await expect(page.getByText("Enter a whole number from 1 to 3650")).toBeVisible();
    await days.fill("365");
    await save.click();
    await expect(page.getByRole("dialog")).toContainText("Keep leads for 365 days?");
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Now 365 days")).toBeVisible();

    await page.reload();
    await expect(days).toHaveValue("365");
    await days.fill("");
    await save.click();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Now forever")).toBeVisible();
  });
});

for (const [colorScheme, locale, viewport] of [
  ["light", "ru", { width: 360, height: 640 }],
  ["dark", "en", { width: 1280, height: 900 }],
] as const) {
  test.describe(`${colorScheme}, ${locale}, ${viewport.width} wide`, () => {
    test.use({ colorScheme, locale, viewport });

    test("who was found is shown accessibly", async ({ page: own }) => {
      await signIn(own, desk);
      await saveLead(own, desk, { name: "Константин-Александр ".repeat(3), phone: "8 900 111-22-33" });
      await own.goto(`${desk.url}/admin/privacy`);
      await own.locator("#contact").fill("8 900 111-22-33");
      await own.locator("#contact").press("Enter");
      await expect(own.getByRole("checkbox").first()).toBeVisible();

      expect(await listViolations(own)).toEqual([]);
      expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        viewport.width,
      );
    });
  });
}
