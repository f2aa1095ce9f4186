import type { CountryCode } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { LONGEST_PASTE, parsePaste } from "@/lib/domain/paste/parse-paste";

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

test.each([
  ["Иван +7 900 123-45-67 Комментарий: перезвонить после 18, лучше в тг", "перезвонить после 18, лучше в тг"],
  ["Иван +79001234567; примечание: vip; из Экспо", "vip"],
  ["Имя: Иван\nТел: 89001234567\nКомментарий: звонить жене 8 900 765-43-21", "звонить жене 8 900 765-43-21"],
  ["Name\tPhone\tNotes\nAnn Lee\t+79001234567\tcall after six", "call after six"],
  ["Иван 89001234567 Комментарий: раз\nЗаметка: два", "раз\nдва"],
])("the comment of %j is %j and no leftover", (text, comment) => {
  const { fields, leftovers } = parse(text);

  expect(fields).toMatchObject({ phone: "+79001234567", comment });
  expect(leftovers).toEqual([]);
});

test("a phone that only the comment has is the lead's too", () => {
  const { fields } = parse("Иван Петров, комментарий: звонить на 8 900 123-45-67");

  expect(fields).toMatchObject({ phone: "+79001234567", comment: "звонить на 8 900 123-45-67" });
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

describe("a phone in any dress", () => {
  test.each<[string, CountryCode, string]>([
    ["\u200e+7 900 123-45-68\u200e", "RU", "+79001234568"],
    ["8\u00ad900\u200b123\ufeff45\u206668", "RU", "+79001234568"],
    ["tel:+79001234568", "RU", "+79001234568"],
    ["p:+79001234568", "RU", "+79001234568"],
    ["'+79001234568", "RU", "+79001234568"],
    ["89001234568;", "RU", "+79001234568"],
    ["89001234568.", "RU", "+79001234568"],
    ["моб.: 8-900-123-45-68", "RU", "+79001234568"],
    ["79001234579.0", "RU", "+79001234579"],
    ["+९१ ९८७६५ ४३२१०", "RU", "+919876543210"],
    ["𝟴 𝟵𝟬𝟬 𝟭𝟮𝟯 𝟰𝟱 𝟲𝟴", "RU", "+79001234568"],
    ["8️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣8️⃣", "RU", "+79001234568"],
    ["+1\ufe0d 415 555 2671", "RU", "+14155552671"],
    ["+52 1 55 1234 5678", "RU", "+525512345678"],
    ["wa.me/5215512345678", "RU", "+525512345678"],
    ["+7 495 123-45-67 доб. 123", "RU", "+74951234567,123"],
    ["8 (495) 123-45-67 вн. 12", "RU", "+74951234567,12"],
    ["8 495 123 45 67 (доб. 12)", "RU", "+74951234567,12"],
    ["+7 495 123-45-67, 12", "RU", "+74951234567,12"],
    ["+74951234567,12", "RU", "+74951234567,12"],
    ["212-555-0187 ext 5", "US", "+12125550187,5"],
    ["212-555-0187 #5", "US", "+12125550187,5"],
  ])("%j in %s is %s, and nothing else is left", (text, country, phone) => {
    expect(parse(text, country)).toEqual({ fields: { phone }, flags: {}, leftovers: [] });
  });

  test.each(["8 029 123-45-67", "067 123 45 67"])("%s is no number of Russia, and stays as typed", (text) => {
    expect(parse(text)).toMatchObject({ fields: { phone: text }, flags: { phone: "phone_unsure" } });
  });

  test("a number after a comma is no extension among other words", () => {
    expect(parse("Иван, +7 900 123-45-68, 5")).toMatchObject({
      fields: { phone: "+79001234568" },
      leftovers: ["5"],
    });
  });

  test("the extension of a second phone stays with it among the leftovers", () => {
    const { leftovers } = parse("8 900 123-45-68, 8 495 123-45-67 доб. 12");

    expect(leftovers).toEqual(["8 495 123-45-67 доб. 12"]);
  });
});

describe("a chat", () => {
  test.each([
    "[21.11.2026, 12:30:15] Ольга Смирнова: Иван Петров 8 900 123-45-68",
    "[12:30, 21.11.2026] Ольга Смирнова: Иван Петров 8 900 123-45-68",
    "[11/21/26, 9:15:02 PM] Ольга Смирнова: Иван Петров 8 900 123-45-68",
    "21.11.2026, 09:15 - Ольга Смирнова: Иван Петров 8 900 123-45-68",
    "[ 21 ноября 2026 г. 12:30 ] Ольга Смирнова: Иван Петров 8 900 123-45-68",
    "Ольга Смирнова, [21.11.2026 12:30]\nИван Петров 8 900 123-45-68",
    "Пересланное сообщение\nОт: Ольга Смирнова\nИван Петров 8 900 123-45-68",
  ])("%j is about the person that it names, and its writer stays among the leftovers", (text) => {
    const { fields, leftovers } = parse(text);

    expect(fields).toEqual({ name: "Иван", surname: "Петров", phone: "+79001234568" });
    expect(leftovers.join(" ")).toContain("Ольга Смирнова");
  });

  test("whose only other capitals are no known name is about its writer", () => {
    expect(
      parse("[21.11.2026, 12:30] Ольга Смирнова: интерес Весенний Набор, 8 900 123-45-68").fields,
    ).toMatchObject({
      name: "Ольга",
      surname: "Смирнова",
    });
  });

  test("that names nobody is about its writer", () => {
    expect(parse("[21.11.2026, 12:30] Ольга Смирнова: перезвоните, 8 900 123-45-68").fields).toEqual({
      name: "Ольга",
      surname: "Смирнова",
      phone: "+79001234568",
    });
  });
});

describe("names", () => {
  test.each([
    ["de la Fuente Carmen", "Carmen", "de la Fuente"],
    ["Carmen de la Fuente", "Carmen", "de la Fuente"],
    ["da Silva João", "João", "da Silva"],
    ["João da Silva", "João", "da Silva"],
    ["dos Santos Maria", "Maria", "dos Santos"],
    ["van Dijk Anna", "Anna", "van Dijk"],
    ["van der Meer Anna", "Anna", "van der Meer"],
    ["Anna van der Meer", "Anna", "van der Meer"],
    ["von Stein Peter", "Peter", "von Stein"],
    ["фон Берг Елена", "Елена", "фон Берг"],
    ["Елена фон Берг", "Елена", "фон Берг"],
    ["аль-Хашими Омар", "Омар", "аль-Хашими"],
    ["Омар аль-Хашими", "Омар", "аль-Хашими"],
    ["Ahmed bin Saleh", "Ahmed", "bin Saleh"],
    ["Ахмед бин Салех", "Ахмед", "бин Салех"],
    ["Алиева Лейла Ариф кызы", "Лейла", "Алиева"],
    ["ANA DE LA ROSA", "Ana", "de la Rosa"],
    ["МАРИЯ ЖДАНОВА", "Мария", "Жданова"],
    ["олег ким", "Олег", "Ким"],
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

  test.each(["Карина 🌸 Лебедева", "Карина🌸Лебедева", "✨Карина✨ Лебедева", "Карина 👩‍💻 Лебедева"])(
    "the picture in %s is no wall between name and surname",
    (text) => {
      expect(parse(text).fields).toEqual({ name: "Карина", surname: "Лебедева" });
    },
  );

  test("a picture ends a name before a job", () => {
    expect(parse("Карина 💼 Маркетолог").fields).toEqual({ name: "Карина", profession: "Маркетолог" });
  });

  test.each([
    ["Поляков Денис Сергеевич", "Сергеевич"],
    ["Рашид Мамед оглы Алиев", "Мамед оглы"],
    ["Имя: Денис, Отчество: Сергеевич", "Сергеевич"],
    ["BEGIN:VCARD\nN:Поляков;Денис;Сергеевич;;\nEND:VCARD", "Сергеевич"],
  ])("the patronymic of %j is kept", (text, patronymic) => {
    expect(parse(text).leftovers.join(" ")).toContain(patronymic);
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
    "@anna_k,",
    "«@anna_k»",
    "Telegram: @anna_k",
    "https://t.me/anna_k\u200b",
    "anna_k.t.me",
    "t.me/s/anna_k",
    "web.telegram.org/#@anna_k",
    "https://web.telegram.org/k/#@anna_k",
    "@anna_k",
  ])("%s is the handle", (text) => {
    expect(parse(`Анна ${text}`).fields.telegram).toBe("@anna_k");
  });

  test.each(["none", "нет", "id123456789"])("after the label Telegram, %s is no handle", (text) => {
    const { fields, leftovers } = parse(`Анна, Telegram: ${text}`);

    expect(fields).toEqual({ name: "Анна" });
    expect(leftovers).toEqual([text]);
  });

  test.each([
    ["mailto:anna@example.com", "anna@example.com"],
    ["anna@example.com,", "anna@example.com"],
    ["<anna@example.com>", "anna@example.com"],
    ["anna@exam\u200bple.com", "anna@example.com"],
    ["анна@почта.рф", "анна@почта.рф"],
  ])("%j holds the e-mail %s", (text, email) => {
    expect(parse(`Анна ${text}`)).toEqual({ fields: { name: "Анна", email }, flags: {}, leftovers: [] });
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

  test.each([
    ["UTF-8", "=D0=9F=D0=B5=D1=82=D1=80=D0=BE=D0=B2;=D0=98=D0=B2=\r\n=D0=B0=D0=BD;;;"],
    ["windows-1251", "=CF=E5=F2=F0=EE=E2;=C8=E2=E0=ED;;;"],
  ])("a vCard 2.1 in the bytes of %s is decoded", (charset, value) => {
    const card = `BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=${charset};ENCODING=QUOTED-PRINTABLE:${value}\r\nTEL;CELL:+79001234568\r\nEND:VCARD`;

    expect(parse(card)).toEqual({
      fields: { name: "Иван", surname: "Петров", phone: "+79001234568" },
      flags: {},
      leftovers: [],
    });
  });

  test("a vCard with the whole name in one place is read as a name", () => {
    const card = "BEGIN:VCARD\nN:;Иван Петров;;;\nFN:Иван Петров\nEND:VCARD";

    expect(parse(card)).toEqual({ fields: { name: "Иван", surname: "Петров" }, flags: {}, leftovers: [] });
  });

  test("a label without a field leaves its value among the leftovers", () => {
    expect(parse("Имя: Савва, Город: Тверь")).toMatchObject({
      fields: { name: "Савва" },
      leftovers: ["Город: Тверь"],
    });
  });
});

describe("a patronymic has no field, and is a leftover once", () => {
  test.each([
    ["Иванов Иван Иванович +79001234567", "Иванович"],
    ["ИВАНОВ ИВАН ИВАНОВИЧ 89001234567", "ИВАНОВИЧ"],
    ["ФИО: Иванов Иван Иванович, тел 89001234567", "Иванович"],
    ["Фамилия: Иванов\nИмя: Иван\nОтчество: Иванович\nТелефон: 89001234567", "Иванович"],
    ["Фамилия\tИмя\tОтчество\tТелефон\nИванов\tИван\tИванович\t89001234567", "Иванович"],
    ["Фамилия: Иванов\nИмя и отчество: Иван Иванович\nТелефон: 89001234567", "Иванович"],
    [
      "BEGIN:VCARD\nN:Иванов;Иван;Иванович;;\nFN:Иван Иванович Иванов\nTEL:+79001234567\nEND:VCARD",
      "Иванович",
    ],
    ["Иванов Иван Гасан оглы +79001234567", "Гасан оглы"],
  ])("of %j", (text, patronymic) => {
    expect(parse(text)).toEqual({
      fields: { name: "Иван", surname: "Иванов", phone: "+79001234567" },
      flags: {},
      leftovers: [patronymic],
    });
  });
});

test("a second surname beside a labelled one is a leftover", () => {
  expect(parse("Фамилия: Иванов\nФИО: Петров Иван")).toMatchObject({
    fields: { name: "Иван", surname: "Иванов" },
    leftovers: ["Петров"],
  });
});

test("a text that is longer than one person's data is not read", () => {
  expect(parse("$1 ".repeat(LONGEST_PASTE))).toEqual({
    fields: {},
    flags: {},
    leftovers: [],
    isTooLong: true,
  });
  expect(parse("a".repeat(LONGEST_PASTE)).isTooLong).toBeUndefined();
});
