import { DatabaseSync } from "node:sqlite";
import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

const PIPELINE = 12984871;
const TALKS = 103140002;

let practice: Practice;
let desk: Desk;
let database: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice);
  database = settings.DATABASE_URL?.replace("file:", "") ?? "";
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));

async function openKommo(page: Page): Promise<void> {
  await page.goto(`${desk.url}/admin/kommo`);
  await expect(page.getByRole("heading", { name: "Kommo fields" })).toBeVisible();
}

async function refresh(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await answered;
  await expect(page.getByRole("button", { name: "Refresh", exact: true })).toBeVisible();
}

async function publish(page: Page, version: number): Promise<void> {
  await page.getByRole("button", { name: `Publish version ${version}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(`Version ${version} is published, with no changes since.`)).toBeVisible();
}

test("a field that a stage wants is left to people in Kommo, and taken back", async ({ page }) => {
  await test.step("a field that a stage wants is left to people in Kommo, and the badge goes", async () => {
    await openKommo(page);
    await page.getByRole("button", { name: /^Accept \d+ by code$/ }).click();
    await publish(page, 1);
    const id = practice.control.addField({ entity: "leads", name: "Город", type: "text" });
    practice.control.requireField({ entity: "leads", id, pipelineId: PIPELINE, statusId: TALKS });
    await refresh(page);

    const drift = page.getByRole("region", { name: "1 change in Kommo since the mapping was published" });
    await expect(drift.getByRole("button", { name: "Add Город to the form" })).toBeVisible();
    await drift.getByRole("button", { name: "Leave to Kommo" }).click();
    await expect(drift.getByText("Fixed in the draft")).toBeVisible();
    await page.getByRole("button", { name: "Publish version 2" }).click();
    await expect(page.getByRole("dialog").getByRole("listitem")).toHaveText(["Город is left to Kommo"]);
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();

    await expect(drift).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Kommo", exact: true })).toBeVisible();
    await expect(page.getByText("Required at a stage", { exact: false })).toHaveCount(0);
  });

  await test.step("what was left to people in Kommo is taken back", async () => {
    await page.getByRole("button", { name: "Ask for it here again: Город" }).click();

    await expect(page.getByRole("region", { name: "Required at a stage but not on our form" })).toContainText(
      "Город",
    );
    await expect(page.getByRole("heading", { name: "Filled in by people in Kommo" })).toHaveCount(0);
    await page.getByRole("button", { name: "Publish version 3" }).click();
    await expect(page.getByRole("dialog").getByRole("listitem")).toHaveText([
      "Город is no longer left to Kommo",
    ]);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await expect(page.getByText("Version 2 is published, with no changes since.")).toBeVisible();
  });
});

test("the connection, the catalogue of a Kommo that is down, and the preview are told in words", async ({
  page,
}) => {
  await test.step("the connection and the pipelines are told in words", async () => {
    await openKommo(page);
    const connection = page.getByRole("region", { name: "Connection" });
    for (const fact of ["Intermigro", "RUB", "Europe/Moscow"]) await expect(connection).toContainText(fact);
    await expect(connection).toContainText("The token is set in the settings (KOMMO_API_TOKEN)");
    await expect(connection.getByRole("button")).toHaveCount(0);

    await page.getByRole("tab", { name: "Pipelines 1" }).click();
    const pipelines = page.getByRole("tabpanel");
    await expect(pipelines).toContainText("main · 6 stages");
    await expect(pipelines.getByRole("list").last().getByRole("listitem")).toContainText([
      /Неразобранное.*incoming/,
      "Первичный контакт",
      "Переговоры",
      "Принимают решение",
      /Успешно реализовано.*won/,
      /Закрыто и не реализовано.*lost/,
    ]);
  });

  await test.step("while Kommo is down its catalogue stands, and the page says why", async () => {
    practice.failNext({ kind: "503" }, 20);
    await refresh(page);
    await expect(
      page.getByRole("alert").filter({ hasText: "Kommo has an error on its side." }),
    ).toBeVisible();
    await page.reload();
    await expect(page.getByRole("tabpanel").getByText("utm_content", { exact: true })).toBeVisible();

    practice.control.clearFaults();
    await refresh(page);
    await expect(page.getByText("Kommo has an error on its side.")).toHaveCount(0);
  });

  await test.step("the preview shows a sample and a real lead as Kommo gets them, in words and as JSON", async () => {
    await saveLead(page, desk, { name: "Иван", phone: "+7 900 123-45-67" });
    await openKommo(page);
    const preview = page.getByRole("region", { name: "What Kommo will receive" });
    await expect(preview).toContainText("Заявка: Тест Lead Desk");
    await expect(preview).toContainText("Воронка → Неразобранное");

    await preview.getByLabel("Lead", { exact: true }).selectOption("Иван");
    await expect(preview).toContainText("Заявка: Иван");
    await expect(preview).toContainText("+79001234567 (WORK)");
    await preview.getByText("As JSON").click();
    await expect(preview).toContainText('"field_id": 467700');

    await page.goto(`${desk.url}/leads`);
    await page.getByRole("link", { name: "Иван" }).first().click();
    await page.getByRole("link", { name: "Preview what Kommo would receive" }).click();
    await expect(preview.getByLabel("Lead", { exact: true })).toHaveValue(/^[\da-f-]{36}$/);
    await expect(preview).toContainText("Заявка: Иван");
  });
});

test("an account without a pipeline for incoming leads, or never read, says so and asks again", async ({
  page,
}) => {
  await test.step("an account in which no pipeline takes incoming leads says so, until one does", async () => {
    practice.control.setUnsorted({ id: PIPELINE, on: false });
    await openKommo(page);
    await refresh(page);
    const notice = page.getByText("No pipeline in this account accepts incoming leads", { exact: true });
    await expect(notice).toBeVisible();
    expect(await listViolations(page)).toEqual([]);

    practice.control.setUnsorted({ id: PIPELINE, on: true });
    await page.getByRole("button", { name: "Load from Kommo" }).click();
    await expect(notice).toHaveCount(0);
  });

  await test.step("an account that was never read shows nothing but why, and asks again", async () => {
    const db = new DatabaseSync(database, { timeout: 5000 });
    db.exec("update catalogues set body = null, fetched_at = null, problem = 'busy'");
    db.close();

    await page.goto(`${desk.url}/admin/kommo`);
    await expect(page.getByText("This account isn’t loaded yet")).toBeVisible();
    await expect(
      page.getByRole("alert").filter({ hasText: "Kommo has an error on its side." }),
    ).toBeVisible();
    await expect(page.getByText("Intermigro")).toHaveCount(0);
    await page.getByRole("button", { name: "Load from Kommo" }).click();

    await expect(page.getByRole("heading", { name: "Kommo fields" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Intermigro" })).toBeVisible();
  });
});
