import { createRandom } from "../../practice/faults/random.ts";

const given = {
  cyrillic:
    "Александр Сергей Дмитрий Алексей Андрей Мария Анна Елена Ольга Наталья Иван Михаил Екатерина Татьяна Максим Евгений Юлия Николай Владимир Ирина Артём Илья Светлана Дарья Анастасия Роман Павел Кирилл Виктория Ксения Олег Никита Игорь Антон Полина Вероника Денис Георгий Семён Пётр Алёна Валерия Тимур Руслан Айгуль Данияр Асель Нурлан Ерлан Жанна Лев Фёдор Глеб Степан Матвей София Алиса Варвара Милана Диана Камила Марк Эмиль Тихон Яна Лидия Нина Зоя".split(
      " ",
    ),
  latin:
    "Maria José Ana João Juan Carlos Luis Pedro Sofia Lucía Martina James John Emily Olivia Michael David Sarah Laura Paulo Beatriz Rafael Gabriel Inês Miguel Elena Marta Álvaro Íñigo Anne Thomas Daniel".split(
      " ",
    ),
};
const stems = {
  cyrillic:
    "Иван Петр Сидор Смирн Кузнец Попов Васил Соколов Михайл Нович Фёдор Мороз Волк Алексе Лебед Семён Егор Павл Козл Степан Никола Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл Григорь Роман Воробь Серге Кузьм Фрол Александр Дмитри Корол Гус Кисел Ильин Максим Поляк Сорок Виноград Ковал Бел Медвед Антон Тарас Жук Баран Филипп Комар Давыд Бел Герасим Богдан Осип Сидор Матве Титов Марк Мирон Крыл Куликов Карп Власов Мельник Денис Гаврил Тихон Казак Афанас Данил Савель Тимоф Фомин Чернов Абрам Март Ефим Федот Щерб Назар Калин Исаев Чернышёв Быков Маслов Родион Коновал Лазар Воронин Клим Филат Пономар Голуб Кудряв Прохор Наум Потап Журав Овчинник Трофим Леон Собол Ермак Колесник Гонч Емельян Никифор Грачёв Котов Гришин Ефрем Архип Громов Кирил Мал".split(
      " ",
    ),
  latin:
    "Gar Rodrig Fern Lop Mart Sánch Pér Góm Jimén Herrer Silv Sant Oliv Sous Per Cost Ferr Alm Smith Johns Will Brown Jon Davis Mill Wils Moor Tayl Ander Thom Jacks Whit Harr Clark Lew Rob Walk Young All King Wright Scott Torr Hill Flor Gre Ad Nels Bak Hall Riv Camp Mitch Cart".split(
      " ",
    ),
};
const endings = {
  cyrillic: "ов ев ин ский енко ук ян ова ева ина ская ович швили дзе баев беков нов кин ков цев".split(" "),
  latin: "cía uez ández ez ínez on es er s man a eira inho ley ton field son berg ó as".split(" "),
};
const middles = "а ол ар ен ош ик ав ер ин ум ад ем ок уш ил ат ор ис ул ам".split(" ");
const sources =
  "Expo,Instagram,Referral,Звонок,Сайт,Telegram,VK,Вебинар,Ярмарка вакансий,Авито,YouTube,TikTok,Партнёр,Facebook,Google,Яндекс,Рассылка,Листовка,Офис,Форум,Митап,Хакатон,LinkedIn,Почта,Прочее".split(
    ",",
  );
const YEARS_MS = 3 * 365 * 24 * 60 * 60 * 1000;

/** Leads of several years: some names, sources and authors are frequent, most are rare. Each run makes the same ones. */
export function createLeads(authors: string[], now: number, total: number) {
  const random = createRandom(7);
  const upTo = (count: number) => Math.floor(random() * count);
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(list.length * random() ** 2.2)] as T;
  const hex = (length: number) =>
    upTo(16 ** length)
      .toString(16)
      .padStart(length, "0");

  return (index: number) => {
    const script = random() < 0.75 ? "cyrillic" : "latin";
    const middle = random() < 0.4 ? skewed(middles) : "";
    const name = skewed(given[script]);
    const surname = skewed(stems[script]) + middle + skewed(endings[script]);
    const created_at = now - Math.floor(YEARS_MS * (1 - index / total));
    const state = toState(random(), index / total);
    const isForeign = random() < 0.15;
    const phone =
      random() < 0.9
        ? isForeign
          ? `+346${upTo(1e8).toString().padStart(8, "0")}`
          : `+79${upTo(1e9).toString().padStart(9, "0")}`
        : null;
    const isHandled = phone === null || random() < 0.3;
    return {
      id: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(8)}${hex(4)}`,
      author_id: skewed(authors),
      name,
      surname,
      phone,
      phone_raw: phone,
      telegram: isHandled ? `@user_${hex(7)}` : null,
      email: random() < 0.3 ? `mail${hex(7)}@example.com` : null,
      source: random() < 0.95 ? skewed(sources) : null,
      state,
      due_at: created_at + 10_000,
      tries: 0,
      problem: state === "needs_fix" ? "refused" : state === "needs_admin" ? "unclear" : null,
      kommo_lead_id: state === "confirmed" ? 8_000_000 + index : null,
      created_at,
      confirmed_at: state === "confirmed" ? created_at + 12_000 : null,
    };
  };
}

/** Only the newest leads are under way. */
function toState(chance: number, age: number): string {
  if (age > 0.999) return chance < 0.5 ? "queued" : "confirmed";
  if (chance < 0.002) return "needs_fix";
  if (chance < 0.003) return "needs_admin";
  return chance < 0.03 ? "withdrawn" : "confirmed";
}
