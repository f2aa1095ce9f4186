import { readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { findTarget } from "@/lib/domain/intake/find-target";
import { maskEntries } from "@/lib/domain/intake/mask";
import { pairsToEntries, toEntries } from "@/lib/domain/intake/to-entries";
import { toReceivedLead } from "@/lib/domain/intake/to-received-lead";
import { MAX_RECEIVED_COMMENT } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import { normalizeText } from "@/lib/domain/text";

const ID = "0b6c6a52-2f5e-4f8e-9a55-6b4c0a0e7f10";
const form = { custom: [], sources: [], isFreeSource: true, defaultCountry: "RU" };
const FOLDER = "tests/fixtures/intake";

function receive(body: unknown, more: object = {}): Partial<Lead> | undefined {
  const lead = toReceivedLead(toEntries(body) ?? [], { id: ID, targets: {}, form, country: "RU", ...more });
  return lead && Object.fromEntries(Object.entries(lead).filter(([, value]) => value !== ""));
}

function readFixture(name: string) {
  const { body } = JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8"));
  const entries = typeof body === "string" ? pairsToEntries([...new URLSearchParams(body)]) : toEntries(body);
  return toReceivedLead(entries ?? [], { id: ID, targets: {}, form, country: "RU" });
}

describe("the names of fields", () => {
  test.each([
    ["phone", "phone"],
    ["utm_source", "source"],
    ["utm_campaign", "utm_campaign"],
    ["Телефон", "phone"],
    ["Ваше имя *", "name"],
    ["your-email", "email"],
    ["USER_EMAIL", "email"],
    ["PHONE_NUMBER", "phone"],
    ["lastName", "surname"],
    ["contact.phones", "phone"],
    ["fields.phone.value", "phone"],
    ["Correo electrónico", "email"],
    ["sobrenome", "surname"],
    ["phone_2", "phone"],
    ["_next", "ignored"],
    ["g-recaptcha-response", "ignored"],
    ["Любимый цвет", undefined],
    ["__proto__", "ignored"],
    ["constructor", undefined],
    ["x".repeat(300), undefined],
  ])("%s is %s", (name, target) => {
    expect(findTarget(name)).toBe(target);
  });
});

describe("a lead of a website form", () => {
  test.each(readdirSync(FOLDER).map((name) => [name]))(
    "%s has a name and a contact in their fields",
    (name) => {
      const lead = readFixture(name);
      expect(lead?.name).not.toBe("");
      expect(lead?.phone).not.toBe("");
    },
  );

  test("has what our own names say", () => {
    expect(
      receive({ name: "Анна", phone: "8 900 123-45-67", utm_source: "vk", utm_term: "курсы" }),
    ).toMatchObject({
      name: "Анна",
      phone: "8 900 123-45-67",
      source: "vk",
      utm_term: "курсы",
    });
  });

  test("has the parts of a whole name in their fields", () => {
    expect(receive({ Name: "Иван Петров", phone: "+79001234567" })).toMatchObject({
      name: "Иван",
      surname: "Петров",
    });
  });

  test("keeps values without a field in the comment, under their names", () => {
    const lead = receive({ phone: "+79001234567", message: "Привет", Курс: "Испанский", children: 2 });
    expect(lead?.comment).toBe("Привет\nКурс: Испанский\nchildren: 2");
  });

  test("keeps the longest message whole", () => {
    const message = "Хочу учить испанский. ".repeat(1500).trim();
    const lead = receive({ phone: "+79001234567", message, Курс: "y".repeat(5000) });
    expect(lead?.comment).toBe(`${message}\nКурс: ${"y".repeat(5000)}`);
  });

  test("keeps a value that its field does not take in the comment", () => {
    const lead = receive({
      phone: "+79001234567",
      email: "not@an e-mail",
      income: "much",
      name: "А".repeat(190),
    });
    expect(lead?.email).toBeUndefined();
    expect(lead?.comment).toContain("email: not@an e-mail");
    expect(lead?.comment).toContain("income: much");
    expect(lead?.comment).toContain("name: ААА");
  });

  test("is found a contact by its look when no field is called like one", () => {
    expect(
      receive({ field_17: "Анна", field_18: "anna@example.com", field_19: "+7 900 123-45-67" }),
    ).toMatchObject({
      email: "anna@example.com",
      phone: "+7 900 123-45-67",
      comment: "field_17: Анна",
    });
  });

  test("is none without a contact", () => {
    expect(receive({ name: "Анна", phone: "call me", comment: "hi" })).toBeUndefined();
    expect(receive({})).toBeUndefined();
  });

  test("has a second phone in the comment", () => {
    expect(receive({ phone: "+79001234567", mobile: "+79007654321" })).toMatchObject({
      phone: "+79001234567",
      comment: "mobile: +79007654321",
    });
  });

  test("follows the form's own mapping first", () => {
    const lead = receive(
      { Vasha_pochta: "anna@example.com", phone: "+79001234567", comment: "нет" },
      { targets: { Vasha_pochta: "email", comment: "ignored" } },
    );
    expect(lead).toMatchObject({ email: "anna@example.com" });
    expect(lead?.comment).toBeUndefined();
  });

  test("has the UTM values of its page, unless fields have them", () => {
    const page_url = "https://school.example/?utm_source=vk&utm_campaign=autumn";
    expect(receive({ phone: "+79001234567", utm_source: "site", page_url })).toMatchObject({
      source: "site",
      utm_campaign: "autumn",
    });
  });

  test("has a chosen option of a list by its word, and an unknown one in the comment", () => {
    const custom = [
      {
        ...{ key: "course", kind: "select" as const, former: [], required: true },
        options: [{ id: 7, value: "Испанский" }],
        ...{ label: { en: "Course", ru: "Курс" }, help: { en: "", ru: "" } },
      },
    ];
    const withList = { form: { ...form, custom } };
    expect(receive({ phone: "+79001234567", Курс: "испанский" }, withList)).toMatchObject({
      custom: { course: "7" },
    });
    expect(receive({ phone: "+79001234567", Курс: "Хинди" }, withList)?.comment).toBe("Курс: Хинди");
    expect(receive({ phone: "+79001234567" }, withList)).toBeDefined();
  });

  test("is not refused for strange fields", () => {
    const body = JSON.parse(
      `{"phone":"+79001234567","__proto__":{"phone":"x"},"constructor":"y","a":[[1,[2]],{"b":null}],"":"z"}`,
    );
    expect(receive(body)).toMatchObject({ phone: "+79001234567" });
    expect(Object.prototype).not.toHaveProperty("phone");
  });
});

test("a body that is nested deeper than any form is none", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(30)}1${"}".repeat(30)}`);
  expect(toEntries(deep)).toBeUndefined();
  expect(toEntries("text")).toBeUndefined();
  expect(pairsToEntries([[`a${"[b]".repeat(30)}`, "1"]])).toBeUndefined();
});

test.each([
  ["phone=1&phone[b]=3", ["phone: 1", "phone.b: 3"]],
  ["q[x]=1&q=2", ["q: 2", "q.x: 1"]],
  ["q=1&q=2&q[x]=3", ["q: 1, 2", "q.x: 3"]],
  ["a[b]=1&a[b][c]=2&a=3", ["a.b: 1", "a: 3", "a.b.c: 2"]],
])("%s loses no value", (body, values) => {
  const entries = pairsToEntries([...new URLSearchParams(body)]) ?? [];
  expect(entries.map(({ name, value }) => `${name}: ${value}`)).toEqual(values);
});

test("two thousand hostile bodies throw nothing", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const signs = [
    "[",
    "]",
    ".",
    "__proto__",
    "phone",
    "\0",
    "\ud800",
    "=",
    "name",
    " ",
    "٣",
    "e\u0301".repeat(40),
    "value",
    "@",
  ];
  const draw = () =>
    Array.from({ length: Math.ceil(random() * 6) }, () => signs[Math.floor(random() * signs.length)]).join(
      "",
    );
  for (let count = 0; count < 2000; count++) {
    const pairs = Array.from({ length: 5 }, (): [string, string] => [draw(), draw()]);
    const entries = pairsToEntries([...pairs, ["phone", "+79001234567"]]) ?? [];
    toReceivedLead(entries, { id: ID, targets: {}, form, country: "RU" });
  }
});

describe("64 KB of hostile body", () => {
  const SIZE = 64 * 1024;
  const custom = Array.from({ length: 100 }, (_, at) => ({
    ...{ key: `leads:${at}`, kind: "multiselect" as const, former: [], required: false },
    options: Array.from({ length: 100 }, (_, id) => ({ id, value: `Курс ${id}` })),
    ...{ label: { en: `Course ${at}`, ru: `Курс ${at}` }, help: { en: "", ru: "" } },
  }));
  const fill = (toPart: (at: number) => string) => {
    let text = "";
    for (let at = 0; text.length < SIZE; at++) text += toPart(at);
    return text.slice(0, SIZE);
  };
  const toPairs = (text: string) =>
    text.split("&").map((pair): [string, string] => [pair.split("=")[0] ?? "", pair.split("=")[1] ?? ""]);
  const hindi = "\u0958";
  const bodies: [string, () => ReturnType<typeof toEntries>][] = [
    ["many pairs", () => pairsToEntries(toPairs(fill((at) => `${at.toString(36)}=1&`)))],
    [
      "one name in many spellings",
      () => pairsToEntries(toPairs(fill((at) => `КУРС ${at % 99}${" ".repeat(at % 9)}=x,y,z&`))),
    ],
    [
      "a long name before many values",
      () =>
        toEntries({
          ["x".repeat(SIZE / 2)]: Object.fromEntries(
            Array.from({ length: 5000 }, (_, at) => [at.toString(36), 1]),
          ),
        }),
    ],
    [
      "wide lists",
      () => toEntries({ list: Array.from({ length: 6000 }, () => ({ name: "e-mail", value: "a@" })) }),
    ],
    ["deep names", () => pairsToEntries(toPairs(fill((at) => `a${"[b]".repeat(10)}[${at}]=1&`)))],
    [
      "marks",
      () =>
        toEntries({ name: `Анна ${"e\u0301\u0316".repeat(20_000)}`, message: "\u0301\u0316".repeat(9000) }),
    ],
    [
      "letters that grow",
      () =>
        toEntries({
          [hindi.repeat(90)]: Object.fromEntries(
            Array.from({ length: 3000 }, (_, at) => [at.toString(36), hindi]),
          ),
        }),
    ],
  ];
  afterEach(() => vi.restoreAllMocks());

  test.each(bodies)("of %s takes little work and loses no lead", (_, toSent) => {
    const sent = toSent() ?? [];
    const size = sent.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    const { normalize } = String.prototype;
    const seen = { calls: 0, length: 0 };
    vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form) {
      seen.calls += 1;
      seen.length += this.length;
      return normalize.call(this, form);
    });

    const targets = { name: "name" };
    const entries = [{ name: "phone", value: "+79001234567" }, ...sent];
    const lead = toReceivedLead(entries, { id: ID, targets, form: { ...form, custom }, country: "RU" });

    expect(lead).toMatchObject({ phone: "+79001234567" });
    expect(lead?.comment.length).toBeLessThanOrEqual(MAX_RECEIVED_COMMENT);
    // Each line of the comment is cleaned once; names are read of the first 300 alone.
    expect(seen.calls).toBeLessThan(sent.length + 20_000);
    expect(seen.length).toBeLessThan(16 * SIZE);
    expect(size).toBeLessThan(64 * SIZE);
  });

  test("keeps what comes after the fields that are read under its name", () => {
    const more = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`f${at}`, `v${at}`]));
    const lead = receive({ phone: "+79001234567", ...more, email: "anna@example.com" });
    expect(lead?.comment).toContain("f399: v399\nemail: anna@example.com");
  });

  test("keeps letters that become longer when they are cleaned", () => {
    const lead = receive({ phone: "+79001234567", message: hindi.repeat(20_000) });
    expect(lead?.comment).toBe(normalizeText(hindi.repeat(20_000), "NFC"));
  });
});

test("what is kept for the admin has no values that a person is found by", () => {
  const [phone, name] = maskEntries([
    { name: "phone", value: "+7 (900) 123-45-67" },
    { name: "name", value: "Иван Петров" },
  ]);
  expect(phone?.value).toBe("+• (•••) •••-••-••");
  expect(name?.value).toBe("И••• П•••••");
  const [digits, long] = maskEntries([
    { name: "n", value: "7 9 0 1" },
    { name: "п".repeat(200), value: "" },
  ]);
  expect(digits?.value).toBe("• • • •");
  expect(long?.name).toBe("п".repeat(200));
});
