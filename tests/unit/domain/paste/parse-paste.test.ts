import type { CountryCode } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { parsePaste } from "@/lib/domain/paste/parse-paste";

const sources = [
  { name: "Экспо", aliases: ["expo", "выставка"] },
  { name: "Telegram-канал", aliases: ["телеграм-канал"] },
  { name: "Facebook", aliases: ["фб"] },
];
const parse = (text: string, country: CountryCode = "RU") => parsePaste(text, { country, sources });

test("one line fills every field that it mentions", () => {
  const { fields, flags, leftovers } = parse(
    "Иван Петров +7 900 123-45-67 @ivan, маркетолог, 120к, из Экспо, перезвонить в 18:00",
  );

  expect(fields).toEqual({
    name: "Иван",
    surname: "Петров",
    phone: "+79001234567",
    telegram: "@ivan",
    profession: "маркетолог",
    income: "120000",
    source: "Экспо",
  });
  expect(flags).toEqual({});
  expect(leftovers).toEqual(["перезвонить в 18:00"]);
});

test("a surname that is also a label is a name", () => {
  const { fields } = parse("Kevin Price - 415 555 2671 - plumber", "US");

  expect(fields).toEqual({ name: "Kevin", surname: "Price", phone: "+14155552671", profession: "plumber" });
});

describe("phones", () => {
  test.each<[string, CountryCode, string]>([
    ["Иван 89161234567 100к", "RU", "+79161234567"],
    ["Иван 89161234567 34 года", "RU", "+79161234567"],
    ["ул. Мира 14 8 916 123 45 67", "RU", "+79161234567"],
    ["зп 90000 8 916 123-45-67", "RU", "+79161234567"],
    ["+7(916)123-45-67/+7(903)123-45-67", "RU", "+79161234567"],
    ["8‑916‑123‑45‑67", "RU", "+79161234567"],
    ["+ 34 612 345 678", "RU", "+34612345678"],
    ["CPF 12345678909 11 98765-4321", "BR", "+5511987654321"],
    ["0351 15 612-3040", "AR", "+5493516123040"],
    ["https://wa.me/79161234567", "ES", "+79161234567"],
  ])("%s in %s is %s", (text, country, phone) => {
    const { fields, flags } = parse(text, country);

    expect(fields.phone).toBe(phone);
    expect(flags.phone).toBeUndefined();
  });

  test.each<[string, CountryCode, string]>([
    ["Иван 8 916 123-45-6", "RU", "8 916 123-45-6"],
    ["Иван 8 9I6 555 O1 23", "RU", "8 9I6 555 O1 23"],
    ["Иван +7 916 ***-**-67", "RU", "+7 916 ***-**-67"],
    ["Ana 7 916 123 456", "ES", "7 916 123 456"],
    ["Anna 415 555 0132 55", "US", "415 555 0132 55"],
    ["Anna 1-800-FLOWERS", "US", "1-800-FLOWERS"],
    ["тел. 12345, Клавдия", "RU", "12345"],
  ])("%s in %s stays as typed and is flagged", (text, country, raw) => {
    const { fields, flags } = parse(text, country);

    expect(fields.phone).toBe(raw);
    expect(flags.phone).toBe("phone_unsure");
  });

  test.each(["ИНН 7707083893", "заказ 12345678", "12.05.1990", "2024-2026", "№ 45871236", "DNI 12345678Z"])(
    "%s is not a phone",
    (text) => {
      const { fields, leftovers } = parse(`Иван, ${text}`);

      expect(fields.phone).toBeUndefined();
      expect(leftovers).toContain(text);
    },
  );
});

describe("names", () => {
  test.each([
    ["Поляков Денис Сергеевич", "Денис", "Поляков"],
    ["Денис Сергеевич Поляков", "Денис", "Поляков"],
    ["Черных Марк", "Марк", "Черных"],
    ["иванов сергей", "Сергей", "Иванов"],
    ["Рашид Мамед оглы Алиев", "Рашид", "Алиев"],
    ["Медведев Д.А.", "Д.А.", "Медведев"],
    ["Anna K", "Anna", "K"],
    ["Thompson, Laura", "Laura", "Thompson"],
    ["John Baker", "John", "Baker"],
    ["Cornelius van der Berg", "Cornelius", "van der Berg"],
    ["García López, María José", "María José", "García López"],
    ["María del Carmen Ruiz", "María del Carmen", "Ruiz"],
    ["Ana Martín Rey", "Ana", "Martín Rey"],
    ["DR. CARLOS EDUARDO DOS SANTOS", "Carlos Eduardo", "dos Santos"],
    ["MARY O'NEIL", "Mary", "O'Neil"],
  ])("%s is the name %s and the surname %s", (text, name, surname) => {
    expect(parse(text).fields).toEqual({ name, surname });
  });

  test("a lone surname is not a given name", () => {
    expect(parse("Иванова").fields).toEqual({ surname: "Иванова" });
  });

  test("an uncertain order of names is flagged", () => {
    expect(parse("Zyxw Qvutk").flags).toEqual({ name: "name_unsure" });
  });

  test("a trade after a given name may be a surname; between commas it is a job", () => {
    expect(parse("John Baker, baker").fields).toEqual({
      name: "John",
      surname: "Baker",
      profession: "baker",
    });
  });
});

describe("amounts", () => {
  test.each<[string, CountryCode, string]>([
    ["120к", "RU", "120000"],
    ["1,5 млн", "RU", "1500000"],
    ["120 т.р.", "RU", "120000"],
    ["7.800,50 reais", "BR", "7800.50"],
    ["25 mil", "MX", "25000"],
    ["$18,000", "US", "18000"],
    ["зп от 80к", "RU", "80000"],
    ["курс 45 000 руб, доход 90 000", "RU", "90000"],
  ])("%s in %s is %s", (text, country, income) => {
    expect(parse(`Ana, ${text}`, country).fields.income).toBe(income);
  });

  test.each(["100-120к", "бюджет 50к", "entre 3 e 5 mil", "2 kids"])("%s is not an income", (text) => {
    const { fields, leftovers } = parse(`Ana, ${text}`);

    expect(fields.income).toBeUndefined();
    expect(leftovers).toEqual([text]);
  });

  test("another currency is a leftover", () => {
    expect(parse("Анна 3k USD")).toMatchObject({ fields: { income: "3000" }, leftovers: ["USD"] });
  });
});

describe("links and sources", () => {
  test("a link gives its UTM, its source by alias and its own address", () => {
    const { fields } = parse("https://kurs.example/go?id=7&utm_source=фб&utm_medium=cpc&utm_term=%D1%8F#top");

    expect(fields).toEqual({
      source: "Facebook",
      utm_medium: "cpc",
      utm_term: "я",
      referrer: "https://kurs.example/go",
    });
  });

  test.each(["с выставки", "expo", "телеграм-канал", "через телеграм-канал"])("%s names a source", (text) => {
    expect(parse(`Анна, ${text}`).fields.source).toMatch(/^(?:Экспо|Telegram-канал)$/);
  });

  test.each([
    "https://t.me/anna_k",
    "t.me/anna_k?start=1",
    "tg://resolve?domain=anna_k",
    "тг: anna_k",
    "@anna_k",
  ])("%s is the handle", (text) => {
    expect(parse(`Анна ${text}`).fields.telegram).toBe("@anna_k");
  });

  test("a handle of another network is a leftover", () => {
    expect(parse("Анна, inst: @anna_k")).toEqual({
      fields: { name: "Анна" },
      flags: {},
      leftovers: ["inst: @anna_k"],
    });
  });
});

describe("labels and tables", () => {
  test("a heading row explains the row below", () => {
    expect(parse("Фамилия\tИмя\tТелефон\nПетров\tИван\t89161234567").fields).toEqual({
      name: "Иван",
      surname: "Петров",
      phone: "+79161234567",
    });
  });

  test("a vCard fills the fields of its keys", () => {
    const card =
      "BEGIN:VCARD\nVERSION:3.0\nN:Zamora Luna;Emilio;;;\nTEL;TYPE=CELL:+52 477 218 3340\nEND:VCARD";

    expect(parse(card, "MX")).toEqual({
      fields: { name: "Emilio", surname: "Zamora Luna", phone: "+524772183340" },
      flags: {},
      leftovers: [],
    });
  });

  test("a label without a field leaves its value among the leftovers", () => {
    expect(parse("Имя: Савва, Город: Тверь")).toMatchObject({
      fields: { name: "Савва" },
      leftovers: ["Город: Тверь"],
    });
  });
});
