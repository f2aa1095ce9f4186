import type { Catalogue, Field, Pipeline } from "@/lib/domain/mapping/catalogue";

type User = Extract<Catalogue["users"], unknown[]>[number];
type Tag = Catalogue["tags"][number];

export const catalogueTabs = ["pipelines", "leads", "contacts", "companies", "users", "tags"] as const;
export type CatalogueTab = (typeof catalogueTabs)[number];

type Entry<T> = { item: T; text: string };

export type CatalogueIndex = {
  pipelines: Entry<Pipeline>[];
  leads: Entry<Field>[];
  contacts: Entry<Field>[];
  companies: Entry<Field>[];
  users: Entry<User>[];
  tags: Entry<Tag>[];
};

/** Every searchable entry with its search text. It is built once, so that each key press only compares texts. */
export function toIndex({ pipelines, fields, users, tags }: Catalogue): CatalogueIndex {
  const ofEntity = (entity: Field["entity"]) =>
    fields.filter((field) => field.entity === entity).map((item) => ({ item, text: toFieldText(item) }));
  return {
    pipelines: pipelines.map((item) => ({
      item,
      text: toText(item.id, item.name, ...item.stages.flatMap(({ id, name }) => [id, name])),
    })),
    leads: ofEntity("leads"),
    contacts: ofEntity("contacts"),
    companies: ofEntity("companies"),
    users: Array.isArray(users)
      ? users.map((item) => ({ item, text: toText(item.id, item.name, item.email) }))
      : [],
    tags: tags.map((item) => ({ item, text: toText(item.id, item.name) })),
  };
}

export type Found = { [K in CatalogueTab]: CatalogueIndex[K][number]["item"][] };

export function search(index: CatalogueIndex, query: string): Found {
  return {
    pipelines: find(index.pipelines, query),
    leads: find(index.leads, query),
    contacts: find(index.contacts, query),
    companies: find(index.companies, query),
    users: find(index.users, query),
    tags: find(index.tags, query),
  };
}

/** Every word of the query must occur in the entry. */
function find<T>(entries: readonly Entry<T>[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ text }) => words.every((word) => text.includes(word))).map(({ item }) => item);
}

function toFieldText({ id, name, code, type, options }: Field): string {
  return toText(id, name, code ?? "", type, ...options.flatMap((option) => [option.id, option.value]));
}

function toText(...parts: (string | number)[]): string {
  return parts.join("\n").toLowerCase();
}
