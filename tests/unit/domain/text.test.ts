import { afterEach, describe, expect, test, vi } from "vitest";
import { newConnectionSchema } from "@/lib/connection/schema";
import { leadSchema } from "@/lib/domain/lead/schema";
import { toLeadKeys, toPhoneDigits, toWords } from "@/lib/domain/lead/search-keys";
import { toPlainWords } from "@/lib/domain/mapping/field-names";
import { toOptionKey } from "@/lib/domain/mapping/schema";
import { normalizeText, searchText } from "@/lib/domain/text";
import { typedSchema } from "@/lib/duplicates/schema";
import { historySchema, toCursor, toPosition } from "@/lib/history/schema";
import { fieldRecordSchema } from "@/lib/kommo/schema";
import { emailSchema, nameSchema } from "@/lib/people/schema";
import { contactSchema } from "@/lib/privacy/schema";
import { aLead } from "@/tests/support/builders";

const HALF = 32_768;
const HOSTILE = [
  `a${"\u0301".repeat(HALF)}${"\u0316".repeat(HALF)}`,
  "\u0301\u0316".repeat(HALF),
  "й".normalize("NFD").repeat(HALF),
  " ".repeat(2 * HALF),
  "a@".repeat(HALF),
  "1 ".repeat(HALF),
];

afterEach(() => vi.restoreAllMocks());

/** The longest text, and the longest run of marks, that was normalised meanwhile. */
function watchNormalize() {
  const { normalize } = String.prototype;
  const seen = { length: 0, marks: 0 };
  vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form) {
    const runs = this.match(/\p{M}+/gu) ?? [];
    seen.length = Math.max(seen.length, this.length);
    seen.marks = Math.max(seen.marks, ...runs.map((run) => run.length));
    return normalize.call(this, form);
  });
  return seen;
}

describe.each(HOSTILE)("64 KB of hostile text", (text) => {
  test("are refused before any of it is normalised", () => {
    const seen = watchNormalize();
    const fields = Object.keys(leadSchema.shape).filter(
      (name) => typeof aLead()[name as "name"] === "string",
    );

    const refused = [
      ...fields.map((name) => leadSchema.safeParse({ ...aLead(), [name]: text })),
      leadSchema.safeParse({ ...aLead(), custom: { field: text } }),
      leadSchema.safeParse({ ...aLead(), custom: { field: [text] } }),
      ...["phone", "telegram", "email", "name", "surname"].map((name) =>
        typedSchema.safeParse({ [name]: text }),
      ),
      contactSchema.safeParse({ contact: text }),
      nameSchema.safeParse(text),
      emailSchema.safeParse(text),
      newConnectionSchema.safeParse({ subdomain: text, token: text }),
    ];

    expect(refused.map(({ success }) => success)).not.toContain(true);
    expect(historySchema.parse({ q: text, source: text, after: text })).toEqual({});
    // The fields of the lead that were left as they are.
    expect(seen.length).toBeLessThan(300);
  });

  test("are normalised without a long run of marks wherever they are taken", () => {
    const seen = watchNormalize();

    toWords(text);
    toPhoneDigits(text, "RU");
    toPlainWords(text);
    toOptionKey(text);
    toLeadKeys(
      { name: text, surname: null, phone: text, phone_raw: null, telegram: null, email: null },
      "RU",
    );

    expect(seen.marks).toBeLessThanOrEqual(30);
  });

  test("are cut in a name of Kommo's", () => {
    const { name } = fieldRecordSchema.parse({
      id: 1,
      name: text,
      type: "text",
      enums: null,
      required_statuses: null,
    });

    expect(name?.length).toBeLessThanOrEqual(1000);
  });
});

test("a text is normalised as ever", () => {
  expect(normalizeText("й".normalize("NFD"), "NFC")).toBe("й");
  expect(normalizeText("ﬁ①", "NFKC")).toBe("fi1");
  expect(normalizeText("á̖".repeat(100), "NFD")).toBe("á̖".normalize("NFD").repeat(100));
});

test.each(["a\0b", "\0", "a\u001bb", "a\nb"])("%j is not a line to search by", (text) => {
  expect(searchText(10).safeParse(text).success).toBe(false);
  expect(contactSchema.safeParse({ contact: text }).success).toBe(false);
  expect(historySchema.parse({ source: text })).toEqual({});
});

describe("the position in a list", () => {
  test.each([
    [1_763_719_200_000, "id"],
    ["иванов пётр", "id"],
  ])("of %j is read again", (value, id) => {
    const kind = typeof value === "number" ? "number" : "string";

    expect(toPosition(toCursor([value, id]), kind)).toEqual([value, id]);
    expect(toPosition(toCursor([value, id]), kind === "number" ? "string" : "number")).toBeUndefined();
  });

  test.each([
    ["a fraction", [1.5, "id"]],
    ["more than a time", [1e300, "id"]],
    ["a NUL", ["\0", "id"]],
    ["a NUL in the id", [1, "\0"]],
    ["one part", [1]],
  ])("of %s is none", (_, position) => {
    const cursor = JSON.stringify(position);

    expect([toPosition(cursor, "number"), toPosition(cursor, "string")]).toEqual([undefined, undefined]);
  });
});
