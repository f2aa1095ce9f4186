import { cleanContact } from "./clean-text";

// Thousands in groups of three, or none; a date or two numbers are no amount.
const TYPED =
  /^(?:[~≈]|около|примерно)?\s*[₽$€£₸₴]?\s*((?:\d{1,3}(?:[\s.,'’]\d{3}){1,6}|\d{1,24})(?:[.,]\d{1,2})?)([^\d]{0,20})$/iu;
const ZERO = /^0+(?:[.,]0{1,2})?$/;
const UNIT =
  /^(k|к|тыс(?:\.|яч[аи]?)?|т\.?\s?р\.?|mil|(kk|кк|млн\.?|миллион(?:а|ов)?|mln|millions?))?\s?(?:[₽$€£₸₴]|р\.?|руб(?:\.|лей)?|тг\.?|rub|usd|eur)?$/iu;

/** `120к` is 120000, as in a pasted text. A text that is no amount stays as typed. */
export function toIncome(text: string): string {
  const plain = cleanContact(text);
  const [, number = "", unit = ""] = TYPED.exec(plain) ?? [];
  const [isUnit, thousands, millions] = UNIT.exec(unit.trim()) ?? [];
  const factor = millions ? 1_000_000 : thousands ? 1000 : 1;
  const sum = isUnit === undefined ? undefined : toSum(number, factor);
  return sum ?? (ZERO.test(plain) ? plain.replace(",", ".") : plain);
}

/** Digits, with two cents if there are any. Undefined when it is no sum above zero. */
export function toSum(number: string, factor: number): string | undefined {
  const bare = number.trim();
  const cents = /[.,](\d{1,2})$/.exec(bare);
  const whole = (cents ? bare.slice(0, -cents[0].length) : bare).replaceAll(/\D/g, "");
  const sum = Number(`${whole}.${cents?.[1] ?? "0"}`) * factor;
  if (!Number.isFinite(sum) || sum <= 0) return undefined;
  return Number.isInteger(sum) ? String(sum) : sum.toFixed(2);
}
