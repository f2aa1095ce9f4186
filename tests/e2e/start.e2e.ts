import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { findFreePort, freshSettings, startDesk } from "../support/desk";
import { expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { makeDatabase } from "../support/postgres";
import { test } from "../support/test";

const NO_KOMMO = { KOMMO_BASE_URL: "", KOMMO_API_TOKEN: "", HOLD_SECONDS: "0" };
const server = process.env.TEST_POSTGRES_URL;

let practice: Practice;

test.beforeAll(async () => {
  practice = await startPractice();
});
test.afterAll(() => practice.close());

test("without a Kommo the desk brings its own, says so, and its board shows the lead", async ({ page }) => {
  const settings = freshSettings(practice, { ...NO_KOMMO, NEXTAUTH_SECRET: "" });
  const desk = await startDesk(settings);
  await page.goto(`${desk.url}/sign-in`);
  await expect(page.getByText("nothing leaves this machine")).toBeVisible();

  await signIn(page, desk);
  await openForm(page, desk);
  await expect(page.getByText("nothing leaves this machine")).toBeVisible();
  await typeLead(page, { Name: "<b>Иван</b>", Phone: "8 900 123-45-67" });
  await sendLead(page);
  await expect(page.getByText("In Kommo #")).toBeVisible();

  await page.goto((await page.getByRole("link", { name: "Board" }).getAttribute("href")) ?? "");
  const incoming = page.getByRole("region", { name: "Неразобранное" });
  await expect(incoming.getByText("Заявка: <b>Иван</b>")).toBeVisible();
  await expect(incoming.getByText("+79001234567")).toBeVisible();

  const folder = dirname((settings.DATABASE_URL ?? "").slice("file:".length));
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  await desk.stop();
});

test("settings that are half there end the start with one list", async () => {
  const desk = startDesk({
    ...freshSettings(practice),
    KOMMO_BASE_URL: "",
    KOMMO_API_TOKEN: "not-a-token-at-all",
    KOMMO_SUBDOMAIN: "https://intermigro.kommo.com",
    KOMMO_PIPELINE_ID: "main",
  });

  const words = await desk.then(() => "started", String);

  expect(words).toContain("KOMMO_SUBDOMAIN must be the first part");
  expect(words).toContain("KOMMO_API_TOKEN is not a Kommo token");
  expect(words).toContain("KOMMO_PIPELINE_ID must be a Kommo ID, digits only");
  expect(words).not.toContain("not-a-token-at-all");
  expect(words).not.toContain("    at ");
});

test("a database that cannot be opened ends the start in one sentence", async () => {
  const DATABASE_URL = `postgres://nobody:wrong@127.0.0.1:${await findFreePort()}/nothing`;

  const words = await startDesk(freshSettings(practice, { DATABASE_URL })).then(() => "started", String);

  expect(words).toContain("The database in DATABASE_URL cannot be opened");
  expect(words).not.toContain("wrong@");
});

test("a port that is taken, a real account for practice leads and a newer database each end the start", async () => {
  const settings = freshSettings(practice, { PORT: String(await findFreePort()) });
  const first = await startDesk(settings);

  await test.step("a port that is taken is named", async () => {
    const { PORT } = settings;
    const second = await startDesk(freshSettings(practice, { PORT })).then(() => "started", String);

    expect(second).toContain(`Port ${PORT} is taken`);
  });
  await first.stop();

  await test.step("a database of practice leads is not sent to a real account", async () => {
    const words = await startDesk({
      ...settings,
      KOMMO_BASE_URL: "",
      KOMMO_SUBDOMAIN: "intermigro",
    }).then(() => "started", String);

    expect(words).toContain("This database holds practice leads");
  });

  await test.step("a database made by a newer program ends the start in one sentence", async () => {
    const file = new DatabaseSync((settings.DATABASE_URL ?? "").slice("file:".length));
    file.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')");
    file.close();

    const words = await startDesk(settings).then(() => "started", String);

    expect(words).toContain("This database was created by a newer version of Lead Desk.");
    expect(words).not.toContain("    at lib");
  });
});

for (const [name, open] of [
  ["SQLite", async () => freshSettings(practice).DATABASE_URL],
  ...(server ? [["PostgreSQL", () => makeDatabase(server)] as const] : []),
] as const) {
  test(`two desks that start at once on one fresh ${name} share it, and a lead arrives once`, async ({
    page,
  }) => {
    const settings = freshSettings(practice, { DATABASE_URL: await open(), HOLD_SECONDS: "0" });
    const [first, second] = await Promise.all([startDesk(settings), startDesk(settings)]);
    const before = practice.incomingLeads().length;

    for (const desk of [first, second]) {
      await signIn(page, desk);
      await openForm(page, desk);
      await typeLead(page, { Name: "Иван", Phone: "+7 900 123-45-67" });
      await sendLead(page);
      await expectSaved(page);
      await expect(page.getByText("In Kommo #").first()).toBeVisible();
    }
    await expect.poll(() => practice.incomingLeads().length - before).toBe(2);

    expect(new Set(practice.incomingLeads().map((lead) => lead.requestId)).size).toBe(
      practice.incomingLeads().length,
    );
    await Promise.all([first.stop(), second.stop()]);
  });
}
