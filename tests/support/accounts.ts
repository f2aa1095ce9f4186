import { type Account, openAccount } from "@/practice/state/account";
import { codes, type Field, field, words } from "@/practice/state/account-parts";

type FixtureName = "ru" | "en" | "es" | "pt" | "messy" | "large";

/** An account, and the field that each of ours should be mapped to. */
type Fixture = { account: Account; meant: Record<string, number> };

const UTM = ["source", "medium", "campaign", "content", "term", "referrer"];

type Names = {
  phone: string;
  email: string;
  telegram: string;
  profession: string;
  education: string;
  income: string;
};

/** The six accounts on which suggestions are measured. Each call returns new ones. */
export function openFixtures(): Record<FixtureName, Fixture> {
  return {
    ru: openFixture(1, {
      phone: "Телефон",
      email: "Email",
      telegram: "Телеграм",
      profession: "Профессия",
      education: "Образование",
      income: "Доход",
    }),
    en: openFixture(2, {
      phone: "Phone",
      email: "Email",
      telegram: "Telegram username",
      profession: "Occupation",
      education: "Education",
      income: "Monthly income",
    }),
    es: openFixture(3, {
      phone: "Teléfono",
      email: "Correo electrónico",
      telegram: "Usuario de Telegram",
      profession: "Profesión",
      education: "Nivel de estudios",
      income: "Ingresos mensuales",
    }),
    pt: openFixture(4, {
      phone: "Telefone",
      email: "E-mail",
      telegram: "Telegram",
      profession: "Profissão",
      education: "Escolaridade",
      income: "Renda mensal",
    }),
    messy: openMessy(5),
    large: openLarge(6),
  };
}

function openFixture(digit: number, names: Names): Fixture {
  const id = digit * 100_000;
  const account = openAccount();
  account.about = { ...account.about, id: 34_567_890 + digit, subdomain: `fixture-${digit}` };
  account.fields = {
    contacts: [
      ...contactFields(id, names),
      field("contacts", id + 7, "Cargo / Position", "text", { code: "POSITION" }),
      field("contacts", id + 8, names.telegram, "text"),
    ],
    leads: [
      ...utmFields(id),
      field("leads", id + 21, names.profession, "text"),
      field("leads", id + 22, names.education, "select", { enums: words(id + 60, ["A", "B", "C"]) }),
      field("leads", id + 23, names.income, "numeric"),
      field("leads", id + 24, "Дата консультации", "date"),
    ],
    companies: [
      field("companies", id + 30, names.phone, "multitext", {
        code: "PHONE",
        enums: codes(id + 80, ["WORK"]),
      }),
    ],
  };
  return { account, meant: toMeant(id, { telegram: 8, profession: 21, education: 22, income: 23 }) };
}

/** A typical account after five years: emoji, abbreviations, duplicates, and fields with misleading names. */
function openMessy(digit: number): Fixture {
  const fixture = openFixture(digit, {
    phone: "ТЕЛ. осн.",
    email: "мыло :)",
    telegram: "📱 Ник в телеграм",
    profession: "Карьера (кем работает?)",
    education: "🎓 образование / ВУЗ",
    income: "💰 ДОХОД в мес., руб",
  });
  const id = digit * 100_000;
  fixture.account.fields.contacts.unshift(
    field("contacts", id + 40, "Телефон (старый, не использовать)", "text"),
    field("contacts", id + 41, "e-mail 2", "text"),
    field("contacts", id + 42, "Кто дал телефон", "text"),
  );
  fixture.account.fields.leads.unshift(
    field("leads", id + 43, "utm_source_OLD", "text"),
    field("leads", id + 44, "Telegram менеджера", "text"),
    field("leads", id + 45, "Доход подтверждён", "checkbox"),
    field("leads", id + 46, "Дата окончания обр.", "date"),
    field("leads", id + 47, "UTM медиум (не трогать)", "text"),
  );
  return fixture;
}

const LARGE_LEAD_FIELDS = 103;

/** The messy account with 103 lead fields. */
function openLarge(digit: number): Fixture {
  const fixture = openMessy(digit);
  const { leads } = fixture.account.fields;
  const id = digit * 100_000 + 1000;
  while (leads.length < LARGE_LEAD_FIELDS) leads.push(toFiller(id + leads.length * 10, leads.length));
  return fixture;
}

const FILLER_TYPES = ["text", "numeric", "select", "checkbox", "date", "url", "multiselect", "textarea"];

function toFiller(id: number, index: number): Field {
  const type = FILLER_TYPES[index % FILLER_TYPES.length] ?? "text";
  const enums = type.endsWith("select") ? words(id + 1, ["Да", "Нет", "Не знаю"]) : undefined;
  return field("leads", id, `Служебное ${index} (${type})`, type, { enums });
}

function contactFields(id: number, names: Names): Field[] {
  const phone = { code: "PHONE", enums: codes(id + 100, ["WORK", "MOB", "HOME", "OTHER"]) };
  const email = { code: "EMAIL", enums: codes(id + 120, ["WORK", "PRIV", "OTHER"]) };
  return [
    field("contacts", id + 1, names.phone, "multitext", phone),
    field("contacts", id + 2, names.email, "multitext", email),
  ];
}

function utmFields(id: number): Field[] {
  return UTM.map((name, index) =>
    field("leads", id + 11 + index, `utm_${name}`, "tracking_data", { code: `UTM_${name.toUpperCase()}` }),
  );
}

function toMeant(id: number, own: Record<string, number>): Record<string, number> {
  const given = {
    phone: 1,
    email: 2,
    source: 11,
    utm_medium: 12,
    utm_campaign: 13,
    utm_content: 14,
    utm_term: 15,
  };
  const offsets = Object.entries({ ...given, referrer: 16, ...own });
  return Object.fromEntries(offsets.map(([name, offset]) => [name, id + offset]));
}
