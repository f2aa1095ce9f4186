import { expect, test } from "vitest";
import { emailSchema, nameSchema } from "@/lib/people/schema";

test.each(["Анна-Мария О’Коннор", "李小龙", "José 3rd", "👩‍💻 Anna"])("%s is a name", (name) => {
  expect(nameSchema.safeParse(name).success).toBe(true);
});

test.each(["", "   ", "a\u0000b", "admin\u202Enimda", "Anna\u2066", "a\nb", "x".repeat(121)])(
  "%j is no name",
  (name) => {
    expect(nameSchema.safeParse(name).success).toBe(false);
  },
);

test.each([
  "аnna@example.com",
  "anna@exаmple.com",
  "anna@example.com\u0000",
  "anna@example.com\u200B",
  "anna＠example.com",
  // The Kelvin sign, whose lower case is an ordinary k.
  "\u212Aate@example.com",
])("%j, a lookalike of an e-mail, is refused", (email) => {
  expect(emailSchema.safeParse(email).success).toBe(false);
});
