import { normalizeText } from "@/lib/domain/text";
import type { SuggestedField } from "./schema";

/** What identifies our field in an account: Kommo's codes, exact names in four languages, and common synonyms. */
type Known = { codes: string[]; names: string[]; synonyms: string[] };

const utm = (name: string): Known => ({
  codes: [`utm_${name}`],
  names: [`utm ${name}`],
  synonyms: [`${name} utm`, `utm${name}`],
});

export const FIELD_NAMES: Record<SuggestedField, Known> = {
  phone: {
    codes: ["phone"],
    names: ["телефон", "phone", "telefono", "telefone"],
    synonyms: [
      "моб",
      "мобильный",
      "мобильный телефон",
      "номер телефона",
      "контактный телефон",
      "тел",
      "mobile",
      "mobile phone",
      "phone number",
      "cell",
      "cell phone",
      "movil",
      "celular",
      "numero de telefono",
      "numero de telefone",
    ],
  },
  email: {
    codes: ["email"],
    names: ["email", "e mail", "почта", "correo electronico", "correo"],
    synonyms: [
      "электронная почта",
      "имейл",
      "мейл",
      "эл почта",
      "mail",
      "email address",
      "endereco de email",
    ],
  },
  telegram: {
    codes: ["telegram"],
    names: ["telegram", "телеграм", "телеграмм"],
    synonyms: [
      "tg",
      "тг",
      "ник в телеграм",
      "ник тг",
      "telegram username",
      "telegram nick",
      "tg ник",
      "usuario de telegram",
      "usuario telegram",
      "telegram id",
    ],
  },
  source: {
    codes: ["utm_source"],
    names: ["utm source"],
    synonyms: ["utmsource", "source utm"],
  },
  comment: {
    codes: [],
    names: ["комментарий", "comment", "comentario"],
    synonyms: [
      "комментарии",
      "комментарий менеджера",
      "примечание",
      "примечания",
      "заметка",
      "заметки",
      "comments",
      "note",
      "notes",
      "remark",
      "remarks",
      "comentarios",
      "nota",
      "notas",
      "observaciones",
      "observacao",
      "observacoes",
    ],
  },
  profession: {
    codes: [],
    names: ["профессия", "profession", "profesion", "profissao"],
    synonyms: [
      "карьера",
      "career",
      "должность",
      "сфера деятельности",
      "кем работает",
      "род занятий",
      "occupation",
      "job",
      "job title",
      "carrera",
      "carreira",
      "ocupacion",
      "ocupacao",
      "cargo",
      "trabajo",
    ],
  },
  education: {
    codes: [],
    names: ["образование", "education", "educacion", "educacao"],
    synonyms: [
      "уровень образования",
      "вуз",
      "education level",
      "level of education",
      "degree",
      "nivel de estudios",
      "nivel educativo",
      "estudios",
      "formacion",
      "formacao",
      "escolaridade",
      "escolaridad",
    ],
  },
  income: {
    codes: [],
    names: ["доход", "income", "ingresos", "renda"],
    synonyms: [
      "доходы",
      "доход в месяц",
      "уровень дохода",
      "зарплата",
      "зп",
      "monthly income",
      "salary",
      "ingreso mensual",
      "ingreso",
      "ingresos mensuales",
      "sueldo",
      "salario",
      "renda mensal",
    ],
  },
  utm_medium: utm("medium"),
  utm_campaign: utm("campaign"),
  utm_content: utm("content"),
  utm_term: utm("term"),
  referrer: {
    codes: ["utm_referrer", "referrer"],
    names: ["utm referrer", "referrer"],
    synonyms: ["referer", "реферер", "источник перехода", "url de referencia", "pagina de origem"],
  },
  // A field called "Reference" may be somebody else's: only a name with ours in it is taken without asking.
  reference: {
    codes: ["lead_desk_id"],
    names: ["lead desk id", "lead desk", "id lead desk", "id de lead desk", "id do lead desk"],
    synonyms: [
      "reference",
      "lead reference",
      "референс",
      "id заявки",
      "id лида",
      "referencia",
      "referencia del lead",
      "referencia do lead",
      "id de la solicitud",
      "id da solicitacao",
    ],
  },
};

const TEXTS = ["text", "textarea"];
const LISTS = ["select", "radiobutton", "category", "multiselect"];
const TRACES = [...TEXTS, "tracking_data", "url"];

const TYPES: Record<SuggestedField, string[]> = {
  phone: [...TEXTS, "multitext"],
  email: [...TEXTS, "multitext"],
  telegram: [...TEXTS, "url", "multitext"],
  source: [...TRACES, ...LISTS],
  // A text of Kommo takes 256 characters only.
  comment: ["textarea"],
  profession: [...TEXTS, ...LISTS],
  education: [...TEXTS, ...LISTS],
  income: [...TEXTS, "numeric", "price", "monetary", ...LISTS],
  utm_medium: TRACES,
  utm_campaign: TRACES,
  utm_content: TRACES,
  utm_term: TRACES,
  referrer: TRACES,
  reference: ["text", "tracking_data"],
};

export function isFit(field: SuggestedField, type: string): boolean {
  return TYPES[field].includes(type);
}

/** For comparing field names: without case, accents, marks and emoji. */
export function toPlainWords(name: string): string {
  return normalizeText(name, "NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
