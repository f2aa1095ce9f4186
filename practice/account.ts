export type Enum = { id: number; value: string; sort: number; code?: string };
export type Entity = "leads" | "contacts" | "companies";
export type Field = ReturnType<typeof field>;

export const ACCOUNT_ID = 34567890;
export const ADMIN_ID = 12310001;
export const SUBDOMAIN = "intermigro";
export const WON = 142;
export const LOST = 143;

const OPENED_AT = 1_731_283_200;

export const account = {
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

const right = { view: "A", edit: "A", add: "A", delete: "A", export: "A" };

export const users = [
  user(ADMIN_ID, "Анна Смирнова", "anna@intermigro.example", true),
  user(12310002, "Илья Орлов", "ilya@intermigro.example", false),
];

const PIPELINE_ID = 12984871;

export const pipelines = [
  {
    id: PIPELINE_ID,
    name: "Воронка",
    sort: 1,
    is_main: true,
    is_unsorted_on: true,
    is_archive: false,
    account_id: ACCOUNT_ID,
    statuses: [
      status(103140001, "Неразобранное", 10, "#c1c1c1", 1),
      status(103140002, "Первичный контакт", 20, "#99ccff"),
      status(103140003, "Переговоры", 30, "#ffff99"),
      status(103140004, "Принимают решение", 40, "#ffcc66"),
      status(WON, "Успешно реализовано", 10_000, "#CCFF66"),
      status(LOST, "Закрыто и не реализовано", 11_000, "#D5D8DB"),
    ],
  },
];

const phone = ["WORK", "WORKDD", "MOB", "FAX", "HOME", "OTHER"];
const email = ["WORK", "PRIV", "OTHER"];

export const fields: Record<Entity, Field[]> = {
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
  ],
  companies: [
    field("companies", 467720, "Телефон", "multitext", { code: "PHONE", enums: codes(290450, phone) }),
    field("companies", 467722, "Email", "multitext", { code: "EMAIL", enums: codes(290462, email) }),
    field("companies", 467724, "Web", "url", { code: "WEB" }),
    field("companies", 467726, "Адрес", "textarea", { code: "ADDRESS" }),
  ],
};

function codes(firstId: number, names: string[]): Enum[] {
  return names.map((name, index) => ({ id: firstId + index * 2, value: name, sort: index + 1, code: name }));
}

function words(firstId: number, values: string[]): Enum[] {
  return values.map((value, index) => ({ id: firstId + index * 2, value, sort: index * 10 }));
}

function status(id: number, name: string, sort: number, color: string, type = 0) {
  const is_editable = type === 0 && id !== WON && id !== LOST;
  return { id, name, sort, is_editable, pipeline_id: PIPELINE_ID, color, type, account_id: ACCOUNT_ID };
}

function user(id: number, name: string, email: string, is_admin: boolean) {
  const rights = {
    leads: right,
    contacts: right,
    companies: right,
    tasks: { edit: "A", delete: "A" },
    mail_access: false,
    catalog_access: is_admin,
    status_rights: null,
    is_admin,
    is_free: false,
    is_active: true,
    group_id: null,
    role_id: null,
  };
  return { id, name, email, lang: "ru", rights };
}

function field(
  entity_type: Entity,
  id: number,
  name: string,
  type: string,
  more: { code?: string; enums?: Enum[] } = {},
) {
  return {
    id,
    name,
    type,
    account_id: ACCOUNT_ID,
    code: more.code ?? null,
    sort: 500 + (id % 1000),
    is_api_only: false,
    enums: more.enums ?? null,
    group_id: type === "tracking_data" ? "statistic" : null,
    required_statuses: [],
    is_deletable: more.code === undefined,
    is_predefined: more.code !== undefined,
    entity_type,
    tracking_callback: null,
    remind: null,
    triggers: [],
    currency: null,
    hidden_statuses: [],
    chained_lists: null,
    ...(entity_type === "leads" ? { is_computed: false } : {}),
  };
}
