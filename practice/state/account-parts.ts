export type Enum = { id: number; value: string; sort: number; code?: string };
export type Entity = "leads" | "contacts" | "companies";
export type Field = ReturnType<typeof field>;
export type Pipeline = ReturnType<typeof pipeline>;
export type Stage = Pipeline["statuses"][number];
export type User = ReturnType<typeof user>;

export const ACCOUNT_ID = 34567890;
export const WON = 142;
export const LOST = 143;

const right = { view: "A", edit: "A", add: "A", delete: "A", export: "A" };

/** The stages every pipeline has, around its own: incoming first, won and lost last. docs/kommo-api.md §3 */
export function pipeline(id: number, name: string, firstStatusId: number, own: [string, string][]) {
  const stages = own.map(([title, color], index) =>
    stage(id, firstStatusId + 1 + index, title, 20 + index * 10, color),
  );
  return {
    id,
    name,
    sort: 1,
    is_main: false,
    is_unsorted_on: true,
    is_archive: false,
    account_id: ACCOUNT_ID,
    statuses: [
      stage(id, firstStatusId, "Неразобранное", 10, "#c1c1c1", 1),
      ...stages,
      stage(id, WON, "Успешно реализовано", 10_000, "#CCFF66"),
      stage(id, LOST, "Закрыто и не реализовано", 11_000, "#D5D8DB"),
    ],
  };
}

export function codes(firstId: number, names: string[]): Enum[] {
  return names.map((name, index) => ({ id: firstId + index * 2, value: name, sort: index + 1, code: name }));
}

export function words(firstId: number, values: string[]): Enum[] {
  return values.map((value, index) => ({ id: firstId + index * 2, value, sort: index * 10 }));
}

function stage(pipeline_id: number, id: number, name: string, sort: number, color: string, type = 0) {
  const is_editable = type === 0 && id !== WON && id !== LOST;
  return { id, name, sort, is_editable, pipeline_id, color, type, account_id: ACCOUNT_ID };
}

export type Group = { id: number; name: string };

export function user(
  id: number,
  name: string,
  email: string,
  group: Group,
  { is_admin = false, is_active = true } = {},
) {
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
    is_active,
    group_id: group.id,
    role_id: null,
  };
  return { id, name, email, lang: "ru", rights, group };
}

export function field(
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
    required_statuses: [] as { pipeline_id: number; status_id: number }[],
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
