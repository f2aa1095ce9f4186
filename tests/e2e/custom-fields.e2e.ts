import { DatabaseSync } from "node:sqlite";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { openAccount } from "../../practice/state/account.ts";
import { field, words } from "../../practice/state/account-parts.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { expectAlive, expectSaved, paste, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

const CITIES = [
  { id: 9011, value: "Берлин" },
  { id: 9013, value: "Вена" },
];
const WAYS = [
  { id: 9021, value: "Звонок" },
  { id: 9023, value: "Письмо" },
];
const city = onForm(9010, "City", "Город", "select", CITIES);
const way = onForm(9020, "Way", "Связь", "radiobutton", WAYS);
const note = onForm(9030, "Note", "Заметка", "textarea");
const gone = { id: 9015, value: "Прага" };

let practice: Practice;
let desk: Desk;
let database: string;

// One desk whose mapping changes from test to test.
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  const account = openAccount();
  account.fields.leads.push(
    field("leads", 9010, "Город", "select", { enums: words(9011, ["Берлин", "Вена"]) }),
    field("leads", 9020, "Связь", "radiobutton", { enums: words(9021, ["Звонок", "Письмо"]) }),
    field("leads", 9030, "Заметка", "textarea"),
    field("leads", 9040, "Темы", "multiselect", { enums: words(9041, ["Языки", "Переезд"]) }),
    field("leads", 9050, "Согласие", "checkbox"),
    field("leads", 9060, "День", "date"),
    field("leads", 9070, "Сайт", "url"),
    field("leads", 9080, "Возраст", "numeric"),
  );
  practice = await startPractice({ account });
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  database = settings.DATABASE_URL?.replace("file:", "") ?? "";
  desk = await startDesk(settings);
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});
test.beforeEach(({ page }) => signIn(page, desk));

/** A required field of Kommo's on the form. */
function onForm(fieldId: number, en: string, ru: string, type: string, options?: object[]) {
  const target = { entity: "leads", fieldId, type, name: ru, options };
  return { key: `leads:${fieldId}`, target, label: { en, ru }, required: true };
}

function publish(version: number, custom: object[], more: object = {}): void {
  const phone = { entity: "contacts", fieldId: 467700, enumCode: "WORK", type: "multitext", name: "Телефон" };
  const source = { entity: "leads", fieldId: 467714, type: "tracking_data", name: "utm_source" };
  const mapping = { pipelineId: 12984871, fields: { phone, source }, custom, holdSeconds: 0, ...more };
  const db = new DatabaseSync(database, { timeout: 5000 });
  const insert = db.prepare("insert into mappings (version, body, published_at) values (?, ?, ?)");
  insert.run(version, JSON.stringify(mapping), Date.now());
  db.close();
}

test("the admin's own fields are filled in by keys, each in its input, and arrive", async ({ page }) => {
  await test.step("Enter goes through lists and choices, and a required one that is empty is marked, not sent", async () => {
    publish(1, [city, way, note]);
    await page.goto(desk.url);
    const cities = page.getByLabel("City");
    const call = page.getByRole("radio", { name: "Звонок" });
    await typeLead(page, { Phone: "+7 900 123-45-67", Name: "Иван" });
    await expect(cities).toBeVisible();

    await page.getByLabel("Source", { exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(cities).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(call).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Note")).toBeFocused();
    await page.keyboard.type("одна строка");
    await page.keyboard.press("Enter");
    await page.keyboard.type("другая");
    await page.keyboard.press("Control+Enter");

    await expect(cities).toHaveAccessibleDescription("Fill this in");
    await expect(cities).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(cities).toHaveValue("9013");
    await page.keyboard.press("Enter");
    await expect(call).toBeFocused();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Note")).toHaveValue("одна строка\nдругая");
    await page.keyboard.press("Control+Enter");
    await expectSaved(page);
    await expect.poll(() => practice.incomingLeads().length).toBe(1);
  });

  await test.step("each type of field has its input, and arrives as Kommo takes it", async () => {
    const topics = [
      { id: 9041, value: "Языки" },
      { id: 9043, value: "Переезд" },
    ];
    publish(2, [
      onForm(9040, "Topics", "Темы", "multiselect", topics),
      onForm(9050, "Agreed", "Согласие", "checkbox"),
      onForm(9060, "Day", "День", "date"),
      onForm(9070, "Site", "Сайт", "url"),
      onForm(9080, "Years", "Возраст", "numeric"),
    ]);
    await page.goto(desk.url);
    await typeLead(page, { Phone: "+7 900 123-45-71", Name: "Ада" });
    await page.getByRole("group", { name: "Topics" }).getByLabel("Переезд").check();
    await page.getByLabel("Agreed").check();
    await page.getByLabel("Day").fill("2030-01-31");
    await page.getByLabel("Site").fill("example");
    await page.getByLabel("Years").fill("много");
    await sendLead(page);
    await expect(page.getByLabel("Site")).toHaveAccessibleDescription(/web address/);
    await expect(page.getByLabel("Years")).toHaveAccessibleDescription(/number/);
    await page.getByLabel("Site").fill("example.com");
    await page.getByLabel("Years").fill("42");
    await sendLead(page);
    await expectSaved(page);

    await expect.poll(() => practice.incomingLeads().length).toBe(2);
    expect(practice.incomingLeads()[0]?.item).toMatchObject({
      _embedded: {
        leads: [
          {
            custom_fields_values: [
              { field_id: 9040, values: [{ enum_id: 9043 }] },
              { field_id: 9050, values: [{ value: true }] },
              { field_id: 9060, values: [{ value: Date.UTC(2030, 0, 31) / 1000 }] },
              { field_id: 9070, values: [{ value: "https://example.com" }] },
              { field_id: 9080, values: [{ value: "42" }] },
            ],
          },
        ],
      },
    });
  });

  await test.step("Enter in a list that is the last field sends", async () => {
    publish(3, [city]);
    await page.goto(desk.url);
    await typeLead(page, { Phone: "+7 900 123-45-68", Name: "Анна" });
    await page.getByLabel("City").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("City")).toHaveAccessibleDescription("Fill this in");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");

    await expectSaved(page);
  });
});

test("a choice or a field that has gone stays in words, in the form and on the lead's page", async ({
  page,
}) => {
  await test.step("a choice that Kommo has no more keeps its words until another is made", async () => {
    publish(4, [{ ...city, target: { ...city.target, options: [...CITIES, gone] } }, way]);
    await page.goto(desk.url);
    const cities = page.getByLabel("City");
    await typeLead(page, { Phone: "+7 900 123-45-69", Name: "Олег" });
    await cities.selectOption("Прага");
    await page.getByRole("radio", { name: "Звонок" }).check();
    const [call, letter] = WAYS;
    const ways = { ...way.target, options: [letter], former: [call] };
    publish(5, [
      { ...city, target: { ...city.target, former: [gone] } },
      { ...way, target: ways },
    ]);

    await page.goto(desk.url);
    await expect(cities.locator("option:checked")).toHaveText("Прага (no longer in Kommo)");
    await expect(cities).toHaveAccessibleDescription("This option is no longer in Kommo: choose again");
    await expect(page.getByRole("radio", { name: "Звонок (no longer in Kommo)" })).toBeChecked();
    await sendLead(page);
    await expect(cities).toBeFocused();
    await cities.selectOption("Вена");
    await page.getByRole("radio", { name: "Письмо" }).check();
    await expect(page.getByText("no longer in Kommo")).toHaveCount(0);
    await sendLead(page);
    await expectSaved(page);
  });

  await test.step("a lead's page calls a choice that is gone by its last name", async () => {
    const [, letter] = WAYS;
    publish(6, [{ ...city, target: { ...city.target, options: [], former: CITIES } }, way]);
    await page.goto(`${desk.url}/leads`);
    await page.getByRole("link", { name: "Олег" }).first().click();

    await expect(page.getByRole("definition").filter({ hasText: "Вена (no longer in Kommo)" })).toBeVisible();
    await expect(page.getByRole("definition").filter({ hasText: letter?.value })).toBeVisible();
  });

  await test.step("what was chosen in a field that has left the form is shown in words", async () => {
    publish(7, [city]);
    await page.goto(desk.url);
    await typeLead(page, { Phone: "+7 900 123-45-70", Name: "Ева" });
    await page.getByLabel("City").selectOption("Берлин");
    publish(8, [], { retired: [city] });

    await page.goto(desk.url);
    const once = page.getByLabel("Typed into a field that is no longer on the form: City");
    await expect(once).toHaveValue("Берлин");
    // The rows of several people take the form's place for a while.
    await page.locator("body").click({ position: { x: 1, y: 1 } });
    await paste(page, "Анна Белова +7 900 123-45-81\nПётр Белов +7 900 123-45-82");
    await expect(page.getByRole("heading", { name: "2 people found" })).toBeVisible();
    await page.getByRole("button", { name: "Discard all" }).click();
    await expect(once).toHaveValue("Берлин");
    await once.fill("");
    await expect(once).toHaveCount(0);
    await sendLead(page);
    await expectSaved(page);
  });
});

test("what is pasted goes into a field of the admin's own", async ({ page }) => {
  await test.step("what a paste left over goes into a field of the admin's own", async () => {
    publish(9, [city, { ...note, required: false }]);
    await page.goto(desk.url);
    await expectAlive(page);
    await paste(page, "Мария Остаткина +7 900 123-45-71 zzqx непонятное");
    const places = page.getByRole("region", { name: "Pasted text" }).getByRole("combobox");
    await expect(places.getByRole("option", { name: "City" })).toHaveCount(0);
    await places.selectOption({ label: "Note" });

    await expect(page.getByLabel("Note")).toHaveValue(/zzqx/);
    await page.getByLabel("City").selectOption("Берлин");
    await sendLead(page);
    await expectSaved(page);
  });

  await test.step("what is pasted into a field of the admin's own is its value, and no lead", async () => {
    const site = { ...onForm(9070, "Site", "Сайт", "url"), required: false };
    publish(10, [site]);
    await page.goto(desk.url);
    await typeLead(page, { Name: "Вера" });
    await page.locator("summary", { hasText: "More" }).click();
    await page.getByLabel("Site").focus();
    await paste(page, "https://vera.example");

    await expect(page.getByLabel("Site")).toHaveValue("https://vera.example");
    await expect(page.getByRole("region", { name: "Pasted text" })).toHaveCount(0);
  });
});
