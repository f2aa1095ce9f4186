import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { openForm, sendLead, signIn, typeLead } from "../support/pages";
import { test } from "../support/test";

let practice: Practice;
let desk: Desk;

// The settings of the example, so that its ids reach the mapping.
const GUIDE = {
  KOMMO_SUBDOMAIN: "intermigro",
  KOMMO_PIPELINE_ID: "12984871",
  KOMMO_PHONE_FIELD_ID: "467700",
  KOMMO_EMAIL_FIELD_ID: "467702",
  KOMMO_UTM_SOURCE_FIELD_ID: "467714",
  KOMMO_UTM_MEDIUM_FIELD_ID: "467710",
  KOMMO_UTM_CAMPAIGN_FIELD_ID: "467712",
  KOMMO_UTM_CONTENT_FIELD_ID: "467708",
  KOMMO_UTM_TERM_FIELD_ID: "467716",
  HOLD_SECONDS: "0",
};

test.beforeAll(async () => {
  practice = await startPractice();
  desk = await startDesk(freshSettings(practice, GUIDE));
});
test.afterAll(async () => {
  await desk.stop();
  await practice.close();
});

test("the guide's simplified example, typed into the form, gives the guide's item", async ({ page }) => {
  const data = {
    name: "Ivan",
    surname: "Petrov",
    phone: "+79001234567",
    telegram: "@ivan_p",
    source: "expo",
  };
  await signIn(page, desk);
  await openForm(page, desk);

  await typeLead(page, {
    Phone: data.phone,
    Name: data.name,
    Surname: data.surname,
    Telegram: data.telegram,
    Source: data.source,
  });
  await sendLead(page);
  await expect.poll(() => practice.incomingLeads().length).toBe(1);

  // Made for each lead, unlike in the example: ids, times, the page and the reference; and the phone carries an enum.
  const item = practice.incomingLeads()[0]?.item;
  const id = practice.incomingLeads()[0]?.requestId;
  expect(item).toEqual({
    request_id: id,
    source_name: "Internal Team Form",
    source_uid: id,
    pipeline_id: 12984871,
    created_at: expect.any(Number),
    metadata: {
      form_id: "internal-team-form",
      form_name: "Team Lead Submission",
      form_page: expect.stringContaining("http"),
      form_sent_at: expect.any(Number),
    },
    _embedded: {
      contacts: [
        {
          name: `${data.name} ${data.surname}`,
          first_name: data.name,
          last_name: data.surname,
          custom_fields_values: [
            { field_id: 467700, values: [{ value: data.phone, enum_code: "WORK" }] },
            { field_id: 1709360, values: [{ value: data.telegram }] },
          ],
        },
      ],
      leads: [
        {
          name: `Заявка: ${data.name} ${data.surname}`,
          price: 0,
          custom_fields_values: [
            { field_id: 467714, values: [{ value: data.source }] },
            { field_id: 1711084, values: [{ value: id }] },
          ],
        },
      ],
    },
  });
});
