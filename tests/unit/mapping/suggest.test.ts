import { expect, test } from "vitest";
import { suggest } from "@/lib/mapping/suggest";

const account = {
  contacts: [
    { id: 1, name: "Рабочий номер", type: "multitext", code: "PHONE" },
    { id: 2, name: "Телефон", type: "text", code: null },
    { id: 3, name: " Телеграм ", type: "text" },
  ],
  leads: [
    { id: 4, name: "Доход", type: "numeric" },
    { id: 5, name: "Источник", type: "tracking_data", code: "UTM_SOURCE" },
    { id: 6, name: "Telegram", type: "text" },
  ],
};

test("a code goes before a name, and names are compared without case and space", () => {
  expect(suggest(account, {})).toEqual({
    phone: { entity: "contacts", fieldId: 1, enumCode: "WORK" },
    telegram: { entity: "contacts", fieldId: 3 },
    income: { entity: "leads", fieldId: 4 },
    source: { entity: "leads", fieldId: 5 },
  });
});

test("an id given in the settings goes before the account's own", () => {
  expect(suggest(account, { phone: 467700, education: 1711074 })).toMatchObject({
    phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    education: { entity: "leads", fieldId: 1711074 },
  });
});
