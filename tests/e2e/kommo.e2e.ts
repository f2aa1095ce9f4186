import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { openFixtures } from "../support/accounts";
import { addColleague } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { endSession, expectSaved, openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

const MOST_CLICKS = 12;
const OTHER = { email: "boris@example.com", password: ADMIN.password };
const FIELDS = ["Telegram", "Profession", "Education", "Income"];

const { account, meant } = openFixtures().large;
let practice: Practice;
let desk: Desk;
let database: string | undefined;

// One account and its mapping, which grows from test to test.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  practice = await startPractice({ account });
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  database = settings.DATABASE_URL;
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

async function pick(page: Page, label: string, words: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("dialog", { name: label }).getByRole("combobox").fill(words);
  await page.getByRole("listbox").getByRole("option").first().click();
}

async function publish(page: Page, version: number): Promise<void> {
  await expect(page.getByText("Draft saved.", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: `Publish version ${version}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
}

async function expectPublished(page: Page, version: number): Promise<void> {
  await expect(page.getByText(`Version ${version} is published, with no changes since.`)).toBeVisible();
}

/** The values of one field, as Kommo got them with the newest lead. */
function arrived(entity: "contacts" | "leads", fieldId: number | undefined): unknown {
  const [newest] = practice.incomingLeads();
  const item = newest?.item as {
    _embedded: Record<string, { custom_fields_values?: { field_id: number; values: unknown }[] }[]>;
  };
  return item._embedded[entity]?.[0]?.custom_fields_values?.find(({ field_id }) => field_id === fieldId)
    ?.values;
}

test("a messy account is mapped in twelve clicks, and a list of Kommo's put on the form", async ({
  page,
}) => {
  await test.step("a messy account of 103 lead fields is mapped and published in twelve clicks", async () => {
    let clicks = 0;
    const click = async (name: string | RegExp, role: "button" | "link" = "button") => {
      clicks += 1;
      await page.getByRole(role, { name, exact: true }).click();
    };

    await openForm(page, desk);
    await click("Kommo", "link");
    await expect(page.getByText("103 of 103")).toBeVisible();
    await expect(page.getByText("0 of 13 mapped")).toBeVisible();
    await click("Accept 8 by code");
    for (const field of FIELDS) await click(new RegExp(`^Accept .+ for ${field}$`));
    await expect(page.getByText("12 of 13 mapped")).toBeVisible();
    await click("Publish version 1");
    await expect(page.getByRole("dialog").getByRole("listitem")).toHaveCount(12);
    await click("Publish");
    await expectPublished(page, 1);

    expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
    await page.goto(desk.url);
    await typeLead(page, {
      Name: "Иван",
      Phone: "+7 900 123-45-67",
      Email: "ivan@example.com",
      Telegram: "@ivan_petrov",
      Source: "expo",
      Profession: "Маркетолог",
      Income: "120000",
      Referrer: "https://example.com/",
    });
    await page.getByLabel("Education").selectOption({ index: 1 });
    await sendLead(page);
    await expectSaved(page);
    await expect.poll(() => practice.incomingLeads().length).toBe(1);
    expect(arrived("contacts", meant.phone)).toEqual([{ value: "+79001234567", enum_code: "WORK" }]);
    expect(arrived("contacts", meant.email)).toEqual([{ value: "ivan@example.com" }]);
    expect(arrived("contacts", meant.telegram)).toEqual([{ value: "@ivan_petrov" }]);
    expect(arrived("leads", meant.source)).toEqual([{ value: "expo" }]);
    expect(arrived("leads", meant.profession)).toEqual([{ value: "Маркетолог" }]);
    expect(arrived("leads", meant.education)).toEqual([{ enum_id: expect.any(Number) }]);
    expect(arrived("leads", meant.income)).toEqual([{ value: "120000" }]);
    expect(arrived("leads", meant.referrer)).toEqual([{ value: "https://example.com/" }]);
  });

  await test.step("a list of Kommo's is put on the form, and a lead typed with it arrives with the option's id", async () => {
    const id = practice.control.addField({
      entity: "leads",
      name: "Формат",
      type: "select",
      options: ["Онлайн", "В офисе"],
    });
    await page.getByRole("link", { name: "Kommo", exact: true }).click();
    await refresh(page);
    await pick(page, "Add a Kommo field to the form", "Формат");
    await page.getByText("Field settings").click();
    await page.getByLabel("Label in English").fill("Format");
    await page.getByLabel("Help text in English").fill("Where we meet");
    await page.getByLabel("Required", { exact: true }).check();
    await publish(page, 2);
    await expectPublished(page, 2);

    await page.goto(desk.url);
    await typeLead(page, { Name: "Анна", Phone: "+7 900 765-43-21" });
    await sendLead(page);
    const format = page.getByLabel("Format");
    await expect(format).toHaveAccessibleDescription("Fill this in");
    await expect(format).toBeFocused();
    await format.selectOption("В офисе");
    await sendLead(page);
    await expectSaved(page);
    await expect(format).toHaveValue("");

    await expect.poll(() => practice.incomingLeads().length).toBe(2);
    expect(arrived("leads", id)).toEqual([{ enum_id: id + 3 }]);
    await page.getByRole("link", { name: "Анна" }).click();
    await expect(page.getByRole("definition").filter({ hasText: "В офисе" })).toBeVisible();
    await expect(page.getByText("Sent with version 2 of the mapping.")).toBeVisible();
  });
});

test("of two admins who publish at once the second sees both changes and loses none", async ({
  browser,
  page,
}) => {
  addColleague(database, { name: "Борис", email: OTHER.email, role: "admin" });
  await openKommo(page);
  await page.getByLabel("Tags", { exact: true }).fill("форма");
  const context = await browser.newContext({ locale: "en" });
  const other = await context.newPage();
  await signIn(other, desk, OTHER);
  await openKommo(other);
  await other.getByLabel("Form name", { exact: true }).fill("Форма команды");
  await publish(other, 3);
  await expectPublished(other, 3);
  await context.close();

  await page.getByLabel("Tags", { exact: true }).press("Tab");
  await publish(page, 3);
  const conflict = page
    .getByRole("alert")
    .filter({ hasText: "Борис published version 3 while you were editing." });
  await expect(conflict).toContainText("Form name: “Форма команды” instead of “Team Lead Submission”");
  await expect(conflict).toContainText("Tags: форма");
  await page.getByRole("button", { name: "Apply my changes on top" }).click();
  await expect(conflict).toHaveCount(0);
  await expect(page.getByLabel("Form name", { exact: true })).toHaveValue("Форма команды");
  await publish(page, 4);
  await expectPublished(page, 4);

  await expect(page.getByLabel("Tags", { exact: true })).toHaveValue("форма");
  await page.getByRole("button", { name: "Roll back to version 3" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await expectPublished(page, 5);
  await expect(page.getByLabel("Tags", { exact: true })).toHaveValue("");
});

test("what changes in Kommo is mended in a draft, which errors keep from being published", async ({
  page,
}) => {
  await test.step("what changes in Kommo is told in a sentence, marked in the navigation, and mended with a button", async () => {
    const id = meant.profession ?? 0;
    practice.control.renameField({ entity: "leads", id, name: "Кем работает" });
    practice.control.deleteField({ entity: "leads", id: meant.income ?? 0 });
    await openKommo(page);
    await refresh(page);

    const drift = page.getByRole("region", { name: "2 changes in Kommo since the mapping was published" });
    await expect(drift).toContainText("is now called Кем работает. Leads arrive as before.");
    await expect(drift).toContainText(
      /Income: the field .+ was deleted\. Leads are sent without this value; it stays here\./,
    );
    await page.goto(desk.url);
    await expect(page.getByRole("link", { name: "Kommo (2 changes in Kommo)" })).toBeVisible();

    await openKommo(page);
    await drift.getByRole("button", { name: "Accept the new name" }).click();
    await expect(drift.getByText("Fixed in the draft")).toBeVisible();
    await drift.getByRole("button", { name: /^Choose another field|^Use / }).click();
    await pick(page, "Income goes to", "Служебное numeric");
    await expect(drift.getByText("Fixed in the draft")).toHaveCount(2);
    await publish(page, 6);
    await expectPublished(page, 6);
    await expect(drift).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Kommo", exact: true })).toBeVisible();
  });

  await test.step("a draft is there again after a reload, and errors keep it from being published", async () => {
    await page.getByLabel("Lead name", { exact: true }).fill("");
    await expect(
      page.getByText("Draft saved; fix 1 error before publishing", { exact: false }),
    ).toBeVisible();
    await page.reload();
    const field = page.getByLabel("Lead name", { exact: true });
    await expect(field).toHaveValue("");
    await expect(field).toHaveAccessibleDescription("Enter a name, for example Заявка: {name}");
    await page.getByRole("button", { name: "Go to 1 error" }).click();
    await expect(field).toBeFocused();

    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await expectPublished(page, 6);
    await expect(field).toHaveValue("Заявка: {name} {surname}");
  });
});

test("what was typed into a field that has left the form stays in sight, and in words", async ({ page }) => {
  await page.goto(desk.url);
  await typeLead(page, { Name: "Олег", Phone: "+7 900 111-22-33" });
  await page.getByLabel("Format").selectOption("Онлайн");
  await openKommo(page);
  await page.getByRole("button", { name: "Remove Format from the form" }).click();
  await page.getByLabel("Sellers may type another source").uncheck();
  await page.getByRole("button", { name: "Add source" }).click();
  await page.getByRole("region", { name: "Sources" }).getByLabel("Name", { exact: true }).fill("Выставка");
  await page.getByLabel("Sent as utm_source").fill("expo-2027");
  await publish(page, 7);
  await expectPublished(page, 7);

  await page.goto(desk.url);
  const gone = page.getByLabel("Typed into a field that is no longer on the form");
  await expect(gone).not.toHaveValue("");
  await page.getByRole("combobox", { name: "Source" }).fill("улица");
  await sendLead(page);
  await expect(page.getByRole("combobox", { name: "Source" })).toHaveAccessibleDescription(
    "Choose a source from the list",
  );
  await page.getByRole("button", { name: "Выставка" }).click();
  await sendLead(page);
  await expect(gone).toBeFocused();
  await expect(gone).toHaveAccessibleDescription(/no longer on the form: move what you need/);
  await gone.fill("");
  await sendLead(page);
  await expectSaved(page);

  await page.goto(`${desk.url}/leads`);
  await page.getByRole("link", { name: "Анна" }).first().click();
  await expect(page.getByRole("term").filter({ hasText: "Format" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "В офисе" })).toBeVisible();
});

test("a new name is published, and a version that no longer fits is not rolled back to", async ({ page }) => {
  await test.step("a new name in Kommo alone is accepted and published", async () => {
    practice.control.renameField({ entity: "leads", id: meant.profession ?? 0, name: "Профессия" });
    await openKommo(page);
    await refresh(page);
    const drift = page.getByRole("region", { name: "1 change in Kommo since the mapping was published" });
    await drift.getByRole("button", { name: "Accept the new name" }).click();
    await publish(page, 8);
    await expectPublished(page, 8);
    await expect(drift).toHaveCount(0);
  });

  await test.step("a version that Kommo no longer fits is not rolled back to, and is the draft to mend", async () => {
    await page.getByRole("button", { name: "Roll back to version 5" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Roll back" }).click();
    await expect(dialog).toContainText(
      "The mapping doesn’t match Kommo’s current fields, so nothing was published.",
    );
    await page.keyboard.press("Escape");
    await expect(
      page.getByText("Draft saved; fix 1 error before publishing", { exact: false }),
    ).toBeVisible();
    await expect(page.getByText(/Field \d+ is no longer in Kommo/)).toBeVisible();
    await page.getByRole("button", { name: "Discard draft" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard draft" }).click();
    await expectPublished(page, 8);
  });
});

test("a field is found by id, people not shown are explained, and a test lead goes by the draft", async ({
  page,
  context,
}) => {
  await test.step("a field is found by id, and its id is one press from the clipboard", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const id = String(meant.telegram);
    await openKommo(page);
    await page.getByRole("searchbox", { name: "Name, ID or code" }).fill(id);
    await page.getByRole("tab", { name: "Contact fields 1" }).click();
    await page.getByRole("button", { name: new RegExp(`^Copy the ID of .+: ${id}$`) }).click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(id);

    await page.getByRole("button", { name: "Copy as KOMMO_* lines" }).click();
    const lines = await page.evaluate(() => navigator.clipboard.readText());
    expect(lines).toContain(`KOMMO_PHONE_FIELD_ID=${meant.phone}`);
  });

  await test.step("people that Kommo does not show are explained", async () => {
    practice.control.setSwitch("tokenIsAdmin", false);
    await refresh(page);
    await page.getByRole("tab", { name: "People" }).click();

    await expect(page.getByText("Kommo doesn’t show its users to this token")).toBeVisible();
    practice.control.setSwitch("tokenIsAdmin", true);
  });

  await test.step("one test lead arrives marked as a test, by the draft as it stands", async () => {
    await page.getByLabel("Lead name", { exact: true }).fill("Проба {name}");
    await page.getByRole("button", { name: "Send a test lead" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send a test lead" }).click();

    await expect(page.getByText("The test lead is in Kommo.")).toBeVisible();
    expect(JSON.stringify(practice.incomingLeads()[0]?.item)).toContain("TEST · Проба");
  });
});

test("the field for our lead's id is suggested as Reference, on a page for admins", async ({ page }) => {
  await test.step("the field named for our lead's id is suggested as Reference, and the preview says what goes there", async () => {
    const id = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    await openKommo(page);
    await refresh(page);
    await expect(page.getByText("With it, Lead Desk finds a lead in Kommo exactly").first()).toBeVisible();

    await page.getByRole("button", { name: "Accept Lead Desk ID for Reference" }).click();

    const reference = page.locator("#mapping-reference");
    await expect(reference.getByRole("combobox", { name: "Reference" })).toContainText("Lead Desk ID");
    await expect(reference.getByText("A text field of the lead for our lead’s ID.")).toBeVisible();
    const preview = page.locator("#preview");
    await expect(preview.getByRole("term").filter({ hasText: /^Reference$/ })).toBeVisible();
    await expect(preview.getByText("this lead’s ID")).toBeVisible();

    const known = practice.incomingLeads().length;
    await page.getByRole("button", { name: "Send a test lead" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send a test lead" }).click();
    await expect.poll(() => practice.incomingLeads().length).toBe(known + 1);
    expect(arrived("leads", id)).toEqual([{ value: practice.incomingLeads()[0]?.requestId }]);
  });

  await test.step("the page is for admins", async () => {
    await endSession(page, desk);
    await page.goto(`${desk.url}/admin/kommo`);

    await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fadmin%2Fkommo/);
  });
});
