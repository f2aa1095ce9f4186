import { describe, expect, test } from "vitest";
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
