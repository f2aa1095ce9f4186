import { ACCOUNT_ID, codes, type Entity, type Field, field, pipeline, user, words } from "./account-parts.ts";

export const ADMIN_ID = 12310001;
export const SUBDOMAIN = "intermigro";

export type Account = ReturnType<typeof openAccount>;

const OPENED_AT = 1_731_283_200;

const about = {
  id: ACCOUNT_ID,
  name: "Intermigro",
  subdomain: SUBDOMAIN,
  created_at: OPENED_AT,
  created_by: 0,
  updated_at: OPENED_AT,
  updated_by: 0,
  current_user_id: ADMIN_ID,
  country: "RU",
  currency: "RUB",
  currency_symbol: "₽",
  customers_mode: "disabled",
  is_unsorted_on: true,
  is_loss_reason_enabled: true,
  is_helpbot_enabled: false,
  is_technical_account: false,
  contact_name_display_order: 1,
};

export const datetimeSettings = {
  date_pattern: "d.m.Y H:i",
  short_date_pattern: "d.m.Y",
  short_time_pattern: "H:i",
  date_format: "d.m.Y",
  time_format: "H:i:s",
  timezone: "Europe/Moscow",
  timezone_offset: "+03:00",
};

const sales = { id: 501001, name: "Отдел продаж" };
const expo = { id: 501002, name: "Выставки" };

const users = [
  user(ADMIN_ID, "Анна Смирнова", "anna@intermigro.example", sales, { is_admin: true }),
  user(12310002, "Илья Орлов", "ilya@intermigro.example", sales),
  user(12310003, "Мария Кузнецова", "maria@intermigro.example", sales),
  user(12310004, "Павел Лебедев", "pavel@intermigro.example", sales, { is_active: false }),
  user(12310005, "Борис Волков", "boris@intermigro.example", expo),
  user(12310006, "Ольга Зайцева", "olga@intermigro.example", expo),
  user(12310007, "Денис Морозов", "denis@intermigro.example", expo, { is_active: false }),
];

const lossReasons = [
  { id: 601001, name: "Слишком дорого", sort: 10_000, created_at: OPENED_AT, updated_at: OPENED_AT },
  { id: 601002, name: "Не дозвонились", sort: 20_000, created_at: OPENED_AT, updated_at: OPENED_AT },
  { id: 601003, name: "Выбрали других", sort: 30_000, created_at: OPENED_AT, updated_at: OPENED_AT },
];

const pipelines = [
  {
    ...pipeline(12984871, "Воронка", 103140001, [
      ["Первичный контакт", "#99ccff"],
      ["Переговоры", "#ffff99"],
      ["Принимают решение", "#ffcc66"],
    ]),
    is_main: true,
  },
];

const phone = ["WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER"];
const email = ["WORK", "PRIV", "OTHER"];

const fields: Record<Entity, Field[]> = {
  contacts: [
    field("contacts", 467698, "Должность", "text", { code: "POSITION" }),
    field("contacts", 467700, "Телефон", "multitext", { code: "PHONE", enums: codes(290430, phone) }),
    field("contacts", 467702, "Email", "multitext", { code: "EMAIL", enums: codes(290442, email) }),
    field("contacts", 1709360, "Telegram", "text"),
  ],
  leads: [
    field("leads", 467708, "utm_content", "tracking_data", { code: "UTM_CONTENT" }),
    field("leads", 467710, "utm_medium", "tracking_data", { code: "UTM_MEDIUM" }),
    field("leads", 467712, "utm_campaign", "tracking_data", { code: "UTM_CAMPAIGN" }),
    field("leads", 467714, "utm_source", "tracking_data", { code: "UTM_SOURCE" }),
    field("leads", 467716, "utm_term", "tracking_data", { code: "UTM_TERM" }),
    field("leads", 467718, "utm_referrer", "tracking_data", { code: "UTM_REFERRER" }),
    field("leads", 488804, "Профессия", "text"),
    field("leads", 1709444, "Доход", "numeric"),
    field("leads", 1711074, "Образование", "text"),
    field("leads", 1711080, "Способ связи", "select", {
      enums: words(990320, ["Звонок", "Telegram", "Почта"]),
    }),
    field("leads", 1711082, "Дата консультации", "date"),
    field("leads", 1711084, "Lead Desk ID", "text"),
    field("leads", 1711086, "Комментарий", "textarea"),
  ],
  companies: [
    field("companies", 467720, "Телефон", "multitext", { code: "PHONE", enums: codes(290450, phone) }),
    field("companies", 467722, "Email", "multitext", { code: "EMAIL", enums: codes(290462, email) }),
    field("companies", 467724, "Web", "url", { code: "WEB" }),
    field("companies", 467726, "Адрес", "textarea", { code: "ADDRESS" }),
  ],
};

/** A small account with the fields of the form, a copy for each practice Kommo, so that one may change it. */
export function openAccount() {
  return structuredClone({ about, users, pipelines, lossReasons, fields });
}
