import { describe, expect, test } from "vitest";
import { parsePaste } from "@/lib/domain/paste/parse-paste";
import { parsePeople } from "@/lib/domain/paste/parse-people";

const context = { country: "RU" as const, sources: [] };

/** Name, surname and contact of each. */
function list(text: string): string[] | undefined {
  return parsePeople(text, context)?.people.map(({ fields }) =>
    [fields.name, fields.surname, fields.phone ?? fields.telegram ?? fields.email].filter(Boolean).join(" "),
  );
}

const TWO = ["Иван Петров +79001234567", "Мария Сидорова +79001234568"];

describe("several people are", () => {
  test.each([
    ["lines", "Иван Петров +7 900 123-45-67\nМария Сидорова 8 900 123 45 68"],
    ["cells without a heading", "Иван Петров\t89001234567\nМария Сидорова\t89001234568"],
    [
      "cells below a heading",
      "Имя\tФамилия\tТелефон\nИван\tПетров\t89001234567\nМария\tСидорова\t89001234568",
    ],
    ["CSV below a heading", "Фамилия;Имя;Телефон\nПетров;Иван;+79001234567\nСидорова;Мария;+79001234568"],
    ["blocks", "Иван Петров\n+79001234567\n\nМария Сидорова\n+79001234568"],
    ["names and contacts on lines of their own", "Иван Петров\n+79001234567\nМария Сидорова\n+79001234568"],
    ["contacts before names", "+79001234567\nИван Петров\n+79001234568\nМария Сидорова"],
    ["labelled lines", "Имя: Иван Петров\nТел: 89001234567\nИмя: Мария Сидорова\nТел: 89001234568"],
    ["one line with commas", "Иван Петров +7 900 123-45-67, Мария Сидорова +7 900 123-45-68"],
    ["one line without", "Иван Петров +7 900 123-45-67 Мария Сидорова +7 900 123-45-68"],
    ["one line, phones first", "+79001234567 Иван Петров +79001234568 Мария Сидорова"],
    ["lines with a date", "21.11 Иван Петров: +7 900 123-45-67\n22.11 Мария Сидорова: +7 900 123-45-68"],
    ["lines with a number", "1. Иван Петров: +7 900 123-45-67\n2. Мария Сидорова: +7 900 123-45-68"],
    ["pieces", "Иван Петров; +79001234567; Мария Сидорова; +79001234568"],
    [
      "cards",
      "BEGIN:VCARD\nN:Петров;Иван\nTEL:+79001234567\nEND:VCARD\nBEGIN:VCARD\nN:Сидорова;Мария\nTEL:+79001234568\nEND:VCARD",
    ],
  ])("%s", (_, text) => {
    expect(list(text)).toEqual(TWO);
  });

  test("each with any contact, and with what else was said of them", () => {
    const several = parsePeople(
      "Иван Петров @ivan_p перезвонить в среду\nМария Сидорова maria@example.com\nпросила прайс",
      context,
    );

    expect(several?.people).toMatchObject([
      { fields: { name: "Иван", telegram: "@ivan_p" }, leftovers: ["перезвонить в среду"] },
      { fields: { name: "Мария", email: "maria@example.com" }, leftovers: ["просила прайс"] },
    ]);
  });

  test("all rows of a sheet, also one without a name or a contact", () => {
    expect(list("Иван\t+79001234567\nМария\t+79001234568\n\t+79001234569\nОльга\t")).toEqual([
      "Иван +79001234567",
      "Мария +79001234568",
      "+79001234569",
      "Ольга",
    ]);
  });
});

test.each([
  ["a line", "Иван Петров +7 900 123-45-67 @ivan, маркетолог, 120к"],
  ["lines", "Иван Петров\n+7 900 123-45-67\n@ivan\nivan@example.com\nМосква"],
  ["labelled lines", "Имя: Иван\nФамилия: Петров\nТелефон: 89001234567\nEmail: ivan@example.com"],
  ["a labelled sheet", "Имя\tИван\nФамилия\tПетров\nТелефон\t89001234567\nEmail\tivan@example.com"],
  ["a sheet of one row", "Имя\tТелефон\nИван\t89001234567"],
  ["two phones", "Иван Петров +79001234567, +79001234568"],
  ["the same name again", "Иван Петров +79001234567\nИван Петров @ivan_p"],
  ["a card", "BEGIN:VCARD\nN:Петров;Иван\nTEL:+79001234567\nEMAIL:i@example.com\nEND:VCARD"],
  ["a signature", "Ann Lee\nSales manager\nann@example.com\n+1 415 555 2671\nAcme Inc, 12 Main Street"],
  ["a chat", "[21.11.2026, 12:30] Ольга: Иван +79001234567\n[21.11.2026, 12:31] Пётр: Мария +79001234568"],
  ["a chat of one day", "[12:30] Ольга: Иван +79001234567\n[12:31] Пётр: Мария +79001234568"],
  [
    "a chat without brackets",
    "21.11.2026, 12:30 - Ольга: Иван +79001234567\n21.11.2026, 12:31 - Пётр: Мария +79001234568",
  ],
  ["nothing", "   "],
])("%s is not several people", (_, text) => {
  expect(list(text)).toBeUndefined();
});

/** As phones write a picture: folded lines, or lines of bytes alone. */
const PHOTO = `PHOTO;ENCODING=b;TYPE=JPEG:${"/9j4AAQSkZJRgABAQ".repeat(5)}\n${` ${"A".repeat(74)}\n`.repeat(400)}`;
const BARE_PHOTO = `PHOTO;JPEG;ENCODING=BASE64:/9j4AAQ\n${`${"A".repeat(72)}\n`.repeat(400)}AAAA==\n\n`;

test("cards with pictures are read, however long the pictures are", () => {
  const toCard = (surname: string, name: string, phone: string, photo: string) =>
    `BEGIN:VCARD\nN:${surname};${name}\n${photo}TEL:${phone}\nEND:VCARD\n`;
  const cards =
    toCard("Петров", "Иван", "+79001234567", PHOTO) + toCard("Сидорова", "Мария", "+79001234568", BARE_PHOTO);

  expect(list(cards.replaceAll("\n", "\r\n"))).toEqual(TWO);
  expect(parsePeople(cards, context)).toMatchObject({ isCut: false, people: [{ leftovers: [] }, {}] });
  expect(parsePaste(toCard("Петров", "Иван", "+79001234567", PHOTO), context).fields).toMatchObject({
    name: "Иван",
    phone: "+79001234567",
  });
});

describe("what is not read is told", () => {
  const two = "Иван Петров +7 900 123-45-67\nМария Сидорова 8 900 123 45 68";

  test("when the list has more lines than are looked at", () => {
    const person = (index: number) =>
      `Анна Петрова\n+7900123${1000 + index}\n${"заметка для памяти\n".repeat(6)}`;
    const long = Array.from({ length: 50 }, (_, index) => person(index)).join("");

    expect(parsePeople(long.replace("Анна", "Инна"), context)).toMatchObject({ isCut: true });
    expect(parsePeople(two, context)).toMatchObject({ isCut: false });
  });

  test("when a line is longer than the words of one person", () => {
    const long = parsePeople(`${two}\n${"a".repeat(10_001)}\nПётр Орлов +7 900 123-45-69`, context);

    expect(long?.people.map(({ fields }) => fields.name)).toEqual(["Иван", "Мария", "Пётр"]);
    expect(long?.isCut).toBe(true);
  });

  test("when one person has more lines than are read at once", () => {
    const long = parsePeople(`${two}\n${`${"a".repeat(3000)}\n`.repeat(4)}`, context);

    expect(long?.people.map(({ fields }) => fields.name)).toEqual(["Иван", "Мария"]);
    expect(long?.isCut).toBe(true);
  });
});
