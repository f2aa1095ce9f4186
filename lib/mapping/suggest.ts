import type { KommoField } from "@/lib/kommo/schema";
import { contactFields, type MappableField, type Mapping, mappableFields, type Target } from "./schema";

/** For each of our fields the codes, then the names, by which an account's own field is known. */
const KNOWN_BY: Record<MappableField, { codes: string[]; names: string[] }> = {
  phone: { codes: ["phone"], names: ["телефон", "phone"] },
  email: { codes: ["email"], names: ["email", "e-mail", "почта"] },
  telegram: { codes: ["telegram"], names: ["telegram", "телеграм", "телеграмм", "tg", "тг"] },
  source: { codes: ["utm_source"], names: ["utm_source"] },
  profession: { codes: [], names: ["профессия", "карьера", "profession", "career"] },
  education: { codes: [], names: ["образование", "education"] },
  income: { codes: [], names: ["доход", "income"] },
  utm_medium: { codes: ["utm_medium"], names: ["utm_medium"] },
  utm_campaign: { codes: ["utm_campaign"], names: ["utm_campaign"] },
  utm_content: { codes: ["utm_content"], names: ["utm_content"] },
  utm_term: { codes: ["utm_term"], names: ["utm_term"] },
  referrer: { codes: ["utm_referrer", "referrer"], names: ["utm_referrer", "referrer"] },
};

type Account = { contacts: KommoField[]; leads: KommoField[] };
type GivenIds = Partial<Record<string, number>>;

/** The mapping's targets: the ids given in the settings, and for the rest the account's own fields by code, then name. */
export function suggest(account: Account, given: GivenIds): Mapping["fields"] {
  return Object.fromEntries(
    mappableFields.flatMap((field): [MappableField, Target][] => {
      const entity = contactFields.includes(field) ? "contacts" : "leads";
      const fieldId = given[field] ?? findKnown(account[entity], field)?.id;
      if (fieldId === undefined) return [];
      return [[field, { entity, fieldId, ...(field === "phone" && { enumCode: "WORK" }) }]];
    }),
  );
}

function findKnown(fields: KommoField[], field: MappableField): KommoField | undefined {
  const { codes, names } = KNOWN_BY[field];
  return (
    fields.find(({ code }) => code && codes.includes(code.toLowerCase())) ??
    fields.find(({ name }) => names.includes(name.trim().toLowerCase()))
  );
}
