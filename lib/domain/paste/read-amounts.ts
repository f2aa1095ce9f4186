import { toSum } from "@/lib/domain/lead/income";
import { ASIDE, blank, fill, type Sheet } from "@/lib/domain/paste/text/sheet";

const NUMBER = String.raw`\d{1,3}(?:[ .,']\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)`;
const TIMES = String.raw`кк|kk|к|k|тыс(?:яч[аи]?)?\.?|тыщ|мың|т\.? ?р\.?(?!\p{L})|т(?=\.? ?р)|млн\.?|миллион(?:а|ов)?|mln|million(?:s|es)?|milhão|milhões|millón|millones|mil|mi`;
const CURRENCY = String.raw`₽|руб(?:\.|лей|ля|ль)?|р\.|р(?!\p{L})|rub|₸|тг\.?|тенге|kzt|us\$|u\$s|\$|usd|долл(?:\.|аров|ара)?|бакс(?:ов)?|dollars?|dólares|€|euros?|eur|евро|£|gbp|pounds?|r\$|reais|real|brl|mxn|mx\$|ars|pesos?|₴|грн\.?|uah|сум|uzs|сом|kgs|gel|лари|amd|драм|cop|pen|soles|clp|chf|pln|zł|₺|лир|tl`;
const END = String.raw`(?![\p{L}\d])`;
const BEFORE = String.raw`(?<![\p{L}\d.+/*-]|\d,)`;
const PERIOD = String.raw`(?:\s?(?:\/|в|per|a|an|al|por|ao) ?(?:мес(?:яц|\.)?|month|mo|mês|mes)${END}|\s?(?:мес\.|monthly|mensual(?:es)?|mensais|ежемесячно|p\.m\.|pcm))`;
const AMOUNT = new RegExp(
  String.raw`${BEFORE}((?:us\$|u\$s|r\$|mx\$|[$€£₽₸₴₺]|usd|eur|rub|brl|mxn|gbp|kzt|ars) ?)?(${NUMBER})(?: ?(${TIMES})${END})?(?: ?(${CURRENCY})${END})?(${PERIOD})?`,
  "giu",
);
const RANGE = new RegExp(
  String.raw`${BEFORE}(?:(?:entre|between|между) \d[\d.,]{0,8}(?: ?(?:к|k|тыс\.?|mil))? (?:e|y|and|и)|(?:(?:us\$|r\$|[$€£]) ?)?\d[\d.,]{0,8}(?: \d{3})? ?(?:к|k|тыс\.?|mil)? ?(?:[-–—]|до|to|a|hasta|até)) ?(?:(?:us\$|r\$|[$€£]) ?)?\d[\d.,]{0,8}(?: \d{3})?(?: ?(?:${TIMES})${END}(?: ?(?:${CURRENCY})${END})?| ?(?:${CURRENCY})${END})`,
  "giu",
);
// "50000-70000" and "$50,000 to $70,000": a range of round thousands needs no currency.
const ROUND_RANGE = new RegExp(
  String.raw`${BEFORE}(?:(?:us\$|r\$|[$€£]) ?)?[1-9]\d{0,2}(?:[ .,]?\d{3})?[ .,]?000 ?(?:[-–—]|до|to|a|hasta|até) ?(?:(?:us\$|r\$|[$€£]) ?)?[1-9]\d{0,2}(?:[ .,]?\d{3})?[ .,]?000(?!\d)(?: ?(?:${CURRENCY})${END})?`,
  "giu",
);
const NOT_INCOME =
  /(?:бюджет\p{L}*|цен[аы]|стоимость\p{L}*|стоит|скидк\p{L}*|оплат\p{L}*|предоплат\p{L}*|долг|сумм[аы]|чек|budget|price|costs?|deposit|курс|paid|pays|discount|debt|fee|quote|presupuesto|precio|cuesta|paga|pago|orçamento|preço|custa|valor|pagou|desconto)(?: ?(?:of|is|de|до|около|от|up to|hasta|até|about|around|~))? ?[:=-]?\s*$/iu;
const INCOME_WORD =
  /(?<![\p{L}\d])(?:доход\p{L}*|зарплат\p{L}*|зп|з\/п|оклад\p{L}*|зарабатыва\p{L}*|получа\p{L}*|income|salary|earns?|earning|makes?|making|gana|gano|sueldo|salario|ingresos?|cobra|renda|salário|ganha|ganho|recebe)(?: ?(?:is|of|es|de|é|от|from|desde|около|примерно|about|around|unos|cerca de|~|-|–|—|:))?\s*$/iu;
const ABOUT = /(?:около|примерно|где-то|about|around|approx\.?|unos|cerca de|aprox\.?|~|≈)\s*$/iu;
const OWN_CURRENCY: Record<string, RegExp> = {
  RU: /^(?:₽|р|rub)/i,
  KZ: /^(?:₸|т|kzt)/i,
  US: /^(?:\$|us|dol|u\$)/i,
  GB: /^(?:£|gbp|pound)/i,
  ES: /^(?:€|eu|ев)/i,
  PT: /^(?:€|eu|ев)/i,
  DE: /^(?:€|eu|ев)/i,
  FR: /^(?:€|eu|ев)/i,
  IT: /^(?:€|eu|ев)/i,
  MX: /^(?:\$|peso|mx)/i,
  AR: /^(?:\$|peso|ars)/i,
  CO: /^(?:\$|peso|cop)/i,
  CL: /^(?:\$|peso|clp)/i,
  BR: /^(?:r\$|rea|brl)/i,
  UA: /^(?:₴|гр|uah)/i,
  UZ: /^(?:сум|uzs)/i,
  KG: /^(?:сом|kgs)/i,
};

/** Reads amounts with a currency or multiplier, and labelled ones. With `bare`, also round numbers that stand alone. */
export function readAmounts(sheet: Sheet, bare: boolean): void {
  for (const pattern of bare ? [] : [ROUND_RANGE, RANGE]) {
    for (const { index, 0: range } of sheet.left.matchAll(pattern)) {
      blank(sheet, index, index + range.length, ASIDE);
    }
  }
  const matches = [...sheet.left.matchAll(AMOUNT)];
  const named = matches.filter(({ index }) => isNamedIncome(sheet, index));
  for (const match of new Set([...named, ...matches])) {
    const { index } = match;
    const isMarked = Boolean(match[1] || match[3] || match[4]);
    if (!isMarked && !bare) continue;
    const before = sheet.left.slice(Math.max(0, index - 40), index);
    const after = sheet.left.slice(index + match[0].length, index + match[0].length + 20);
    const isNamed = named.includes(match);
    const other = NOT_INCOME.exec(before);
    if (other && (isMarked || isNamed)) {
      blank(sheet, index - other[0].length, index + match[0].length, ASIDE);
      continue;
    }
    if (!isMarked && !isNamed && !isRoundAlone(match[0], before, after)) continue;
    if (bare || isNamed || !continuesPhone(before)) take(sheet, match, before);
  }
}

function take(sheet: Sheet, match: RegExpExecArray, before: string): void {
  const [whole, prefix = "", number = "", times = "", suffix = ""] = match;
  const start = match.index;
  const value = toSum(number, toFactor(times.toLowerCase()));
  const period = match[5] ?? "";
  if (value === undefined) return;
  const numberStart = start + prefix.length;
  const end = start + whole.length;
  const about = ABOUT.exec(before);
  if (!fill(sheet, "income", value, start, end)) return;
  if (about) blank(sheet, start - about[0].length, start);
  const named = INCOME_WORD.exec(before);
  if (named) blank(sheet, start - named[0].length, start);
  const own = OWN_CURRENCY[sheet.country];
  if (prefix && !own?.test(prefix.trim())) blank(sheet, start, numberStart, ASIDE);
  const suffixEnd = end - period.length;
  if (suffix && !own?.test(suffix)) blank(sheet, suffixEnd - suffix.length, suffixEnd, ASIDE);
}

function isNamedIncome(sheet: Sheet, index: number): boolean {
  return INCOME_WORD.test(sheet.left.slice(Math.max(0, index - 30), index)) || isHinted(sheet, index);
}

function isHinted(sheet: Sheet, index: number): boolean {
  return sheet.hints.some(({ kind, start, end }) => kind === "income" && start <= index && index < end);
}

/** "… 12 90 100 000 ₽": digits before an amount may belong to a phone, which is read first. */
function continuesPhone(before: string): boolean {
  return /\d[\d ()-]*$/.test(before);
}

function isRoundAlone(number: string, before: string, after: string): boolean {
  if (!/^[1-9][\d ., ']*00$/.test(number) || number.replaceAll(/\D/g, "").length > 8) return false;
  const isGrouped = /^\d{1,3}(?:[ .,']\d{3})+$/.test(number);
  const isCell =
    /(?:^|[\n\t;|,\ue000\ue001]) ?$/.test(before) && /^ ?(?:[\n\t;|,\ue000\ue001]|$)/.test(after);
  return isGrouped || (isCell && number.length > 3);
}

function toFactor(times: string): number {
  if (times === "") return 1;
  return /^(?:кк|kk|млн|милл|mln|milli|milh|mill|mi$)/.test(times) ? 1_000_000 : 1000;
}
