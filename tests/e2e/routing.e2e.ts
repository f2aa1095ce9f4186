import { expect, type Page } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { listViolations } from "../support/axe";
import { addColleague } from "../support/beside";
import { ADMIN, type Desk, freshSettings, startDesk } from "../support/desk";
import { openForm, paste, saveLead, signIn } from "../support/pages";
import { test } from "../support/test";

const ANNA = "Анна Смирнова";
const ILYA = "Илья Орлов";
const BORIS = "Борис Волков";
const ILYA_ID = 12310002;
const SELLER = { email: "boris@intermigro.example", password: ADMIN.password };

let practice: Practice;
let desk: Desk;

test.beforeAll(async () => {
  practice = await startPractice();
  const settings = freshSettings(practice, { HOLD_SECONDS: "0" });
  desk = await startDesk(settings);
  addColleague(settings.DATABASE_URL, { name: "Борис", email: SELLER.email });
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

async function saveSome(page: Page, count: number): Promise<string[]> {
  const before = practice.incomingLeads().length;
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push(
      await saveLead(page, desk, {
        name: `Лид ${before + index}`,
        phone: `+7900${1000000 + before + index}`,
      }),
    );
  await expect.poll(() => practice.incomingLeads().length).toBe(before + count);
  return ids;
}

/** How often the board of the practice account names each as responsible. */
async function readBoard(page: Page): Promise<Record<string, number>> {
  await page.goto(practice.url);
  const names = await page.getByText("Responsible:").allTextContents();
  return Object.fromEntries(
    [ANNA, ILYA, BORIS].map((name) => [name, names.filter((text) => text.includes(name)).length]),
  );
}

test("a pool of three is made in ten presses, shares nine leads, and gives a paused person no more", async ({
  page,
}) => {
  await signIn(page, desk);
  await saveLead(page, desk, { name: "Первый", phone: "+7 900 000-00-01" });
  await expect.poll(() => practice.incomingLeads().length).toBe(1);
  await page.goto(`${desk.url}/admin/routing`);
  let presses = 0;
  const press = async (locator: ReturnType<Page["getByRole"]>) => {
    presses += 1;
    await locator.click();
  };
  await press(page.getByRole("button", { name: "Add a pool" }));
  for (const name of [ANNA, ILYA, BORIS]) await press(page.getByRole("checkbox", { name }));
  await press(page.getByRole("button", { name: "Add a rule" }));
  await expect(page.getByLabel("Who gets the lead")).toHaveValue(/^pool /);
  await page.getByRole("button", { name: "Try", exact: true }).click();
  await expect(page.getByRole("row", { name: ANNA })).toContainText("1");
  await press(page.getByRole("button", { name: "Publish version 1" }));
  await press(page.getByRole("dialog").getByRole("button", { name: "Publish" }));
  await expect(page.getByText("Version 1 is published, with no changes since.")).toBeVisible();
  expect(presses).toBeLessThanOrEqual(10);
  expect(await listViolations(page)).toEqual([]);

  const [, second = ""] = await saveSome(page, 9);
  expect(await readBoard(page)).toEqual({ [ANNA]: 3, [ILYA]: 3, [BORIS]: 3 });
  await page.goto(`${desk.url}/leads/${second}`);
  await expect(page.getByText(`${ILYA}: 2nd in turn of “Pool 1”.`)).toBeVisible();

  await page.goto(`${desk.url}/admin/routing`);
  await page.getByRole("button", { name: `Pause ${ANNA}` }).click();
  await expect(page.getByText("Paused by admin")).toBeVisible();
  const [next = ""] = await saveSome(page, 4);
  expect(await readBoard(page)).toEqual({ [ANNA]: 3, [ILYA]: 5, [BORIS]: 5 });
  await page.goto(`${desk.url}/leads/${next}`);
  await expect(page.getByText(`${ANNA} is paused`)).toBeVisible();

  await page.goto(`${desk.url}/overview?zone=Europe/Moscow&range=1`);
  const plot = page.getByRole("region", { name: "Leads by recipient", exact: true });
  await expect(plot.getByRole("rowheader", { name: BORIS })).toBeVisible();
});

test("a known client goes to the owner and to the contact, which the form says before, and no turn is used", async ({
  page,
}) => {
  await signIn(page, desk);
  const known = practice
    .incomingLeads()
    .find(({ item }) => JSON.stringify(item).includes(`"responsible_user_id":${ILYA_ID}`));
  await practice.control.accept(known?.leadId ?? 0);
  const phone = /\+7900\d{7}/.exec(JSON.stringify(known?.item))?.[0] ?? "";
  await page.goto(`${desk.url}/admin/routing`);
  await page.getByLabel("Phone of a contact in Kommo").fill(phone);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("It works: the test lead was added to")).toBeVisible();
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("On: new leads of known clients are added to their contacts.")).toBeVisible();
  await page.getByRole("checkbox", { name: "A known client goes to the contact’s owner first" }).check();
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Version 2 is published, with no changes since.")).toBeVisible();

  await page.goto(desk.url);
  await page.getByLabel("Phone", { exact: true }).fill(phone);
  await expect(page.getByText(new RegExp(`Will be added to .*, owner ${ILYA}`))).toBeVisible();
  expect(await listViolations(page)).toEqual([]);
  await page.getByLabel("Phone", { exact: true }).fill(`${phone} доб. 5`);
  await expect(page.getByText(/^Will be added to /)).toHaveCount(0);
  await page.getByLabel("Phone", { exact: true }).fill(phone);
  await page.getByRole("button", { name: "Send as new" }).click();
  await expect(page.getByText("Will be sent as a new contact")).toBeVisible();
  await page.getByRole("button", { name: /^Add to / }).click();
  await expect(page.getByText(/^Will be added to /)).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Снова");
  const before = practice.incomingLeads().length;
  await page.getByRole("button", { name: "Send and next" }).click();
  await expect.poll(() => practice.incomingLeads().length).toBe(before + 1);
  const [sent] = practice.incomingLeads();
  expect(sent).toMatchObject({
    contactId: known?.contactId,
    item: { _embedded: { contacts: [{ id: known?.contactId }] } },
  });

  await page.goto(`${desk.url}/leads/${sent?.requestId}`);
  await expect(
    page.getByText(`${ILYA}: responsible for this client in Kommo (rule “Rule 1”). No turn was used.`),
  ).toBeVisible();
  await expect(page.getByText(/^Added to .* in Kommo\. Nothing of the contact was changed\./)).toBeVisible();

  await openForm(page, desk);
  await page.getByRole("heading", { name: "Your last leads" }).click();
  await paste(page, `Имя\tФамилия\tТелефон\nБорис\tРядов\t${phone}\nГлеб\tРядов\t+7 900 555-44-33`);
  const row = (number: number) => page.getByRole("listitem", { name: `Row ${number}` });
  await expect(row(1).getByText(new RegExp(`^Will be added to .*, owner ${ILYA}$`))).toBeVisible();
  await expect(row(2).getByText(/^Will be added to /)).toHaveCount(0);
  expect(await listViolations(page)).toEqual([]);
});

test("who gets leads pauses them in the profile, on a phone and by e-mail alone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await signIn(page, desk, SELLER);
  await page.goto(`${desk.url}/profile`);
  await expect(page.getByText(`You get leads in Kommo as ${BORIS}.`)).toBeVisible();
  await page.getByRole("button", { name: "Pause me" }).click();

  await expect(page.getByText("Your leads are paused.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText(`You get leads in Kommo as ${BORIS}.`)).toBeVisible();
});
