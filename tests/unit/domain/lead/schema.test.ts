import { describe, expect, test } from "vitest";
import { MAX_COMMENT } from "@/lib/domain/lead/fields";
import { leadSchema } from "@/lib/domain/lead/schema";
import { aLead } from "@/tests/support/builders";

function problems(lead: unknown): Record<string, string> {
  const issues = leadSchema.safeParse(lead).error?.issues ?? [];
  return Object.fromEntries(issues.map((issue) => [issue.path.join("."), issue.message]));
}

describe("a lead", () => {
  test("is valid with one word for a name and a Telegram", () => {
    const lead = aLead({ name: "", surname: "Петров", phone: "", telegram: "@ivan" });

    expect(leadSchema.parse(lead)).toEqual(lead);
  });

  test("is valid with an e-mail as its only contact", () => {
    expect(problems(aLead({ phone: "", email: "ivan@example.com" }))).toEqual({});
  });

  test("without a name and a contact shows both problems at once", () => {
    expect(problems(aLead({ name: " ", phone: "" }))).toEqual({
      name: "name_missing",
      phone: "contact_missing",
    });
  });

  test("shows the problems of single fields together with those of the whole lead", () => {
    const lead = aLead({ name: "", email: "ivan@", income: "много", utm_term: "x".repeat(256) });

    expect(problems(lead)).toEqual({
      name: "name_missing",
      email: "email_invalid",
      income: "income_invalid",
      utm_term: "too_long",
    });
  });

  test("loses invisible characters and keeps the others", () => {
    const lead = leadSchema.parse(aLead({ name: "  Ива\u0000н\u202e ", surname: "Петров\ud800 🙂" }));

    expect(lead.name).toBe("Ива н");
    expect(lead.surname).toBe("Петров\ufffd 🙂");
  });

  test("of zero-width characters counts as empty, while emoji keep their joiners", () => {
    expect(problems(aLead({ name: "\u200b", phone: "\u200d\u2060" }))).toEqual({
      name: "name_missing",
      phone: "contact_missing",
    });
    expect(leadSchema.parse(aLead({ name: "👩‍👧" })).name).toBe("👩‍👧");
  });

  test("with an e-mail, phone and handle full of invisible marks is the lead without them", () => {
    const lead = aLead({
      phone: "\u200e+7 900 123-45-67\u200e",
      telegram: "@iv\u200ban",
      email: "ivan@example.com\u200b,",
    });

    expect(leadSchema.parse(lead)).toMatchObject({
      phone: "+7 900 123-45-67",
      telegram: "@ivan",
      email: "ivan@example.com",
    });
  });

  test("keeps a phone in plain digits", () => {
    expect(leadSchema.parse(aLead({ phone: "+९१ ९८७६५ ४३२१०" })).phone).toBe("+91 98765 43210");
  });

  test("that is too long only by what cannot be seen is refused all the same", () => {
    expect(problems(aLead({ profession: "\u200b".repeat(2000) }))).toEqual({ profession: "too_long" });
    expect(problems(aLead({ profession: `${"\u200b".repeat(500)}x` }))).toEqual({});
  });

  test("with an e-mail in another script is valid", () => {
    expect(problems(aLead({ email: "иван@почта.рф" }))).toEqual({});
  });

  test("of a million characters is refused", () => {
    const flood = "a@".repeat(500_000);

    expect(
      problems(aLead({ email: flood, income: flood, profession: flood, custom: { "leads:1": flood } })),
    ).toEqual({
      email: "too_long",
      income: "too_long",
      profession: "too_long",
      "custom.leads:1": "too_long",
    });
  });

  test("understands an income as when pasted", () => {
    expect(leadSchema.parse(aLead({ income: "120к" })).income).toBe("120000");
  });

  test("keeps the lines of its comment, and has none where an older form sends none", () => {
    const { comment: _, ...older } = aLead();

    expect(leadSchema.parse(aLead({ comment: " раз \r\nдва\u0000" })).comment).toBe("раз\nдва");
    expect(leadSchema.parse(older).comment).toBe("");
  });

  test("with a comment that is too long is refused", () => {
    expect(problems(aLead({ comment: "x".repeat(MAX_COMMENT + 1) }))).toEqual({ comment: "too_long" });
    expect(problems(aLead({ comment: "x".repeat(MAX_COMMENT) }))).toEqual({});
  });

  test("keeps an income as bare digits", () => {
    expect(leadSchema.parse(aLead({ income: "120\u00a0000" })).income).toBe("120000");
    expect(leadSchema.parse(aLead({ income: "1500,50" })).income).toBe("1500.50");
  });

  test.each([undefined, null, "text", 7, [], {}, { ...aLead(), id: "1" }, { ...aLead(), name: 7 }])(
    "is refused when it is %j",
    (input) => {
      expect(leadSchema.safeParse(input).success).toBe(false);
    },
  );
});
