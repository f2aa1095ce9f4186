import { describe, expect, test } from "vitest";
import { leadFields } from "@/lib/domain/lead/fields";
import { parsePaste } from "@/lib/domain/paste/parse-paste";
import { createRandom } from "@/practice/faults/random";

const sources = [{ name: "Экспо", aliases: ["expo", "ig", "от друзей"] }];
const context = { country: "RU", sources } as const;

const SCRAPS =
  "Иван|Петров|Сергеевич|Ana|de la|O'Neil|+7 916 123-45-67|8|916|12345|120к|1,5 млн|$|₽|@ivan|@a.b|t.me/x_yz|https://x.example/?utm_source=a&utm_medium=b|a@b.co|Имя:|Phone:|Источник:|N:|BEGIN:VCARD|маркетолог|MBA|из|expo|12.05.1990|18:00|«|»|(|)|\"|;|,|\t|\n|\u00a0|—|-|/|\\|\u0000|\u0001|\u0002|\ud83c|🌸|ё|ß|漢字|١٢٣|１２３|%|%D0|=|&|*|xXx|…|..".split(
    "|",
  );
// Without punctuation, which the parser may rewrite.
const WORD = /[\p{L}\p{N}]+/gu;

function aText(random: () => number, scraps: readonly string[], most: number): string {
  const count = 1 + Math.floor(random() * most);
  const glue = () => (random() < 0.8 ? " " : "");
  return Array.from({ length: count }, () => scraps[Math.floor(random() * scraps.length)] + glue()).join("");
}

test("any pasted text returns plain strings", () => {
  const random = createRandom(6);

  for (let round = 0; round < 1500; round += 1) {
    const { fields, leftovers } = parsePaste(aText(random, SCRAPS, 40), context);

    expect(Object.keys(fields).filter((field) => !leadFields.some((known) => known === field))).toEqual([]);
    expect(
      [...Object.values(fields), ...leftovers].filter((value) => value === "" || /\p{Cc}/u.test(value)),
    ).toEqual([]);
  }
});

describe("nothing typed is lost", () => {
  const people = [
    "Иван Петров",
    "Сидорова Анна Ильинична",
    "Ana Paula Ferreira dos Santos",
    "Thompson, Laura",
    "Zyx Qw",
  ];
  const phones = ["+79161234567", "+34612345678", "12345", "8 916 ***-**-67"];
  const others = [
    "@ivan_p",
    "@olga_k",
    "olga@mail.example",
    "anna@mail.example",
    "маркетолог",
    "senior designer",
    "MBA",
    "вечером удобнее",
    "Тверь",
    "expo",
  ];
  const notes = [
    "ООО «Ромашка»",
    "хочет курс",
    "no calls before noon",
    "кот Барсик",
    "12.05.2026",
    "https://x.example/a",
    "🌸",
    "漢字",
  ];
  const signs = [", ", "; ", "\n", "\t", " | ", " — ", " "];

  test("every word is in a field or a leftover", () => {
    const random = createRandom(7);
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";

    for (let round = 0; round < 1500; round += 1) {
      const parts = [
        pick(people),
        pick(phones),
        pick(phones),
        pick(others),
        pick(notes),
        pick(others),
        pick(notes),
      ];
      const text = parts.toSorted(() => random() - 0.5).join(pick(signs));

      const { fields, leftovers } = parsePaste(text, context);

      const kept = toWords([...Object.values(fields), ...leftovers].join(" "));
      // The source is filled with its name from the list.
      const lost = [...toWords(text)].filter((word) => !kept.has(word) && word !== "expo");
      expect({ text, lost }).toEqual({ text, lost: [] });
    }
  });
});

function toWords(text: string): Set<string> {
  return new Set(text.toLowerCase().match(WORD));
}

describe("10,000 characters are read in 50 ms of work", () => {
  const contact =
    "Иван Петров +7 900 123-45-67 @ivan, маркетолог, 120к, из expo, https://x.example/?utm_source=a\n";

  test.each(
    [
      contact,
      "1",
      "1 ",
      "+7 ",
      "a",
      "@a",
      "a.",
      "https://",
      "utm_a=",
      "-",
      "(",
      "Иван ",
      "Имя: ",
      "8 916 123-45-67 ",
      "120к ",
      "1*",
      '"a ',
      " ",
      "N;;:",
      "из expo ",
      "a-a.",
      "a@a.",
    ].map((unit) => [unit]),
  )("of %j", (unit) => {
    const text = unit.repeat(10_000).slice(0, 10_000);
    const worked = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      parsePaste(text, context);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });

    expect(Math.min(...worked)).toBeLessThan(50);
  });
});
