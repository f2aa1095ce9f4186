import { expect, test } from "vitest";
import { toLatinSpelling } from "@/lib/domain/lead/latin-spelling";
import { toWords } from "@/lib/domain/lead/search-keys";

const toKey = (name: string) => toLatinSpelling(toWords(name).join(" "));

test.each([
  ["Юлия", ["Iuliia", "Yuliya", "Yulia", "Julia", "Juliya"]],
  ["Дмитрий", ["Dmitrii", "Dmitriy", "Dmitry", "Dmitri"]],
  ["Сергей", ["Sergei", "Sergey", "Sergej"]],
  ["Евгений", ["Evgenii", "Evgeny", "Yevgeniy", "Jevgenij"]],
  ["Щербаков", ["Shcherbakov", "Scherbakov", "Shherbakov"]],
  ["Хрущёв", ["Khrushchev", "Khruschev", "Hrushchev", "Khrushchyov"]],
  ["Александр", ["Aleksandr", "Alexandr"]],
  ["Ксения", ["Kseniia", "Kseniya", "Ksenia", "Xenia"]],
  ["Пётр", ["Petr", "Pyotr"]],
  ["Соловьёв", ["Solovev", "Soloviev", "Solovyov", "Solovyev"]],
  ["Наталья", ["Natalia", "Natalya", "Nataliya"]],
  ["Чайковский", ["Chaikovskii", "Tchaikovsky", "Chaykovskiy"]],
  ["Жуков", ["Zhukov"]],
  ["Цой", ["Tsoi", "Tsoy", "Tzoy"]],
  ["Михаил", ["Mikhail", "Mihail"]],
  ["Виктория", ["Viktoriia", "Victoria", "Viktoriya"]],
  ["Филипп Шмидт", ["Filipp Shmidt", "Philip Schmidt"]],
  ["Андрій Єрмак", ["Andrii Iermak", "Andriy Yermak"]],
  ["Cергей", ["Sergey"]],
])("%s is found by its Latin spellings", (cyrillic, spellings) => {
  expect(spellings.map(toKey)).toEqual(spellings.map(() => toKey(cyrillic)));
});

test.each([
  ["Сергей", "Serge"],
  ["Щербаков", "Shch"],
  ["Sergey", "Серг"],
  ["Жуков", "Z"],
  ["Хрущёв", "Khr"],
])("the beginning of %s is the beginning of its spelling: %s", (name, beginning) => {
  expect(toKey(name).startsWith(toKey(beginning))).toBe(true);
});

test.each([
  ["Иван", "Ирина"],
  ["Жанна", "Яна"],
  ["Саша", "Паша"],
  ["Шура", "Сура"],
  ["Ким", "Цим"],
])("%s is not %s", (one, other) => {
  expect(toKey(one)).not.toBe(toKey(other));
});
