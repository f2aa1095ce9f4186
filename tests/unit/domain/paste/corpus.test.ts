import { readFileSync } from "node:fs";
import type { CountryCode } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { z } from "zod";
import { leadFields } from "@/lib/domain/lead/fields";
import { parsePaste } from "@/lib/domain/paste/parse-paste";

const corpusSchema = z.object({
  sources: z.array(z.object({ name: z.string(), aliases: z.array(z.string()) })),
  lines: z.array(
    z.object({
      text: z.string(),
      country: z.custom<CountryCode>(),
      fields: z.partialRecord(z.enum(leadFields), z.string()),
      rest: z.string().default(""),
      phoneFlag: z.literal(true).optional(),
    }),
  ),
});
type Line = z.infer<typeof corpusSchema>["lines"][number];

const { sources, ...tuning } = read("tuning");
const heldOut = read("held-out");

// The held-out half may only be measured, so its failures print figures and no lines.
test.each([
  { half: "tuning", lines: tuning.lines, phones: 1 },
  { half: "held-out", lines: heldOut.lines, phones: 1 },
])("the $half half is read at least this well", ({ half, lines, phones }) => {
  const scores = {
    phone: share(lines, (line) => hasPhone(line)),
    name: share(lines, (line) => isSame(line, ["name", "surname"])),
    line: share(lines, (line) => isWhole(line)),
  };

  const summary = `${half}: phone ${scores.phone}, name ${scores.name}, whole line ${scores.line}`;
  expect(scores.phone >= phones && scores.name >= 0.95 && scores.line >= 0.92, summary).toBe(true);
});

function read(name: string) {
  const url = new URL(`../../../corpus/${name}.json`, import.meta.url);
  return corpusSchema.parse(JSON.parse(readFileSync(url, "utf8")));
}

function share(lines: readonly Line[], isGood: (line: Line) => boolean): number {
  return Math.floor((1000 * lines.filter(isGood).length) / lines.length) / 1000;
}

function hasPhone(line: Line): boolean {
  const { fields, flags } = parse(line);
  const isFlagged = flags.phone === "phone_unsure";
  return (
    (fields.phone === line.fields.phone && isFlagged === Boolean(line.phoneFlag)) ||
    (isFlagged && line.fields.phone !== undefined)
  );
}

function isSame(line: Line, names: readonly (keyof Line["fields"])[]): boolean {
  const { fields } = parse(line);
  return names.every((name) => fields[name] === line.fields[name]);
}

function isWhole(line: Line): boolean {
  const { leftovers } = parse(line);
  const strip = plain(leftovers.join(" "));
  const parts = line.rest === "" ? [] : line.rest.split(", ");
  return (
    hasPhone(line) &&
    isSame(line, leadFields) &&
    parts.every((part) => strip.includes(plain(part))) &&
    !holdsFilled(line, leftovers)
  );
}

/** True when a filled value is also among the leftovers. */
function holdsFilled(line: Line, leftovers: readonly string[]): boolean {
  const { name = "", surname = "", profession = "", email = "" } = line.fields;
  const words = [name, surname, profession, email].filter((value) => value.length > 2);
  return words.some(
    (value) =>
      !plain(line.rest).includes(plain(value)) &&
      plain(` ${leftovers.join(" , ")} `).includes(` ${plain(value)} `),
  );
}

function parse({ text, country }: Line) {
  return parsePaste(text, { country, sources });
}

function plain(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s+/g, " ").toLowerCase();
}
