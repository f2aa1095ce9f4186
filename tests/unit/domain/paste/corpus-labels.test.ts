import { readFileSync } from "node:fs";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { z } from "zod";
import { removeUnseen } from "@/lib/domain/lead/clean-text";
import { leadFields } from "@/lib/domain/lead/fields";
import { decodeVcard } from "@/lib/domain/paste/decode-vcard";

const corpusSchema = z.strictObject({
  sources: z.array(z.strictObject({ name: z.string(), aliases: z.array(z.string()) })),
  lines: z.array(
    z.strictObject({
      id: z.string().regex(/^(ru|en|es|pt|mx)-\d{3}$/),
      kind: z.string(),
      text: z.string(),
      country: z.string(),
      fields: z.partialRecord(z.enum(leadFields), z.string().min(1)),
      rest: z.string().optional(),
      phoneFlag: z.literal(true).optional(),
    }),
  ),
});

const read = (name: string) =>
  corpusSchema.parse(
    JSON.parse(readFileSync(new URL(`../../../corpus/${name}.json`, import.meta.url), "utf8")),
  );
const plain = (text: string) => text.normalize("NFKC").replaceAll(/\s+/g, " ").toLowerCase();
const isIn = (text: string, value: string) => plain(removeUnseen(decodeVcard(text))).includes(plain(value));

const tuning = read("tuning");
const heldOut = read("held-out");
const lines = [...tuning.lines, ...heldOut.lines];

test("the two halves share their sources but no text", () => {
  expect(heldOut.sources).toEqual(tuning.sources);
  expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length);
  expect(new Set(lines.map((line) => plain(line.text).trim())).size).toBe(lines.length);
  expect(Math.min(tuning.lines.length, heldOut.lines.length)).toBeGreaterThanOrEqual(250);
});

test.each(lines)("the expected values of $id occur in its text", ({ text, fields, rest }) => {
  const { name, surname, email, profession, education, telegram } = fields;

  const said = [
    name,
    surname,
    email,
    profession,
    education,
    telegram?.slice(1),
    ...(rest?.split(", ") ?? []),
  ];

  expect(said.filter((value) => value !== undefined && !isIn(text, value))).toEqual([]);
  expect(telegram ?? "@none").toMatch(/^@[a-z]\w{3,31}$/i);
  expect(fields.income ?? "0").toMatch(/^\d+(\.\d\d)?$/);
});

test.each(lines.filter((line) => line.fields.phone))("the phone of $id is valid or flagged", (line) => {
  const { phone = "" } = line.fields;
  const country = line.country as CountryCode;

  const [number = ""] = phone.split(",");

  const parsed = parsePhoneNumberFromString(number, { defaultCountry: country, extract: false });

  expect(parsed?.isValid() ?? false).toBe(!line.phoneFlag);
  expect(line.phoneFlag ? isIn(line.text, phone) : parsed?.number === number).toBe(true);
});
