import type { Catalogue, Field } from "@/lib/domain/mapping/catalogue";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";

let nextId = 1;

export function aField(field: Partial<Field> = {}): Field {
  return {
    id: nextId++,
    entity: "leads",
    name: "Поле",
    type: "text",
    code: null,
    group: null,
    isApiOnly: false,
    isComputed: false,
    requiredIn: [],
    options: [],
    ...field,
  };
}

export const PHONE = aField({
  id: 467700,
  entity: "contacts",
  name: "Телефон",
  type: "multitext",
  code: "PHONE",
  options: ["WORK", "MOB"].map((code, index) => ({ id: 290430 + index, value: code, sort: index, code })),
});
export const NOTES = aField({ id: 900, name: "Комментарий", type: "textarea" });

const INCOMING = { id: 1, name: "Неразобранное", sort: 10, color: "#c1c1c1", kind: "incoming" as const };
const TALKS = { id: 2, name: "Переговоры", sort: 20, color: "#ffff99", kind: "open" as const };

/** An account with a phone, a text area and the fields that the test adds. */
export function aCatalogue(more: Partial<Catalogue> & { add?: Field[] } = {}): Catalogue {
  const { add = [], ...own } = more;
  return {
    fetchedAt: 0,
    account: {
      id: 1,
      name: "Intermigro",
      subdomain: "intermigro",
      currency: "RUB",
      timeZone: "Europe/Moscow",
    },
    counts: {
      leads: { have: 1, total: 1 },
      contacts: { have: 1, total: 1 },
      companies: { have: 0, total: 0 },
    },
    pipelines: [
      {
        id: 10,
        name: "Воронка",
        sort: 1,
        isMain: true,
        isArchived: false,
        takesIncoming: true,
        stages: [INCOMING, TALKS],
      },
    ],
    fields: [PHONE, NOTES, ...add],
    users: [],
    tags: [],
    skipped: [],
    ...own,
  };
}

/** A sound mapping for that account, with the text area as its fallback field. */
export function aMapping(more: object = {}) {
  return mappingSchema.parse({
    pipelineId: 10,
    pipelineName: "Воронка",
    fields: { phone: toTarget(PHONE) },
    parkIn: toTarget(NOTES),
    timeZone: "Europe/Moscow",
    ...more,
  });
}
