import { ASIDE, blank, NICKNAME, type Sheet } from "./sheet";

const DATE = /(?<![\d.,/-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./-])\d{1,2}\2\d{1,2})(?![\d./-]?\d)/g;
const TIME = /(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/g;
const NAMED_NUMBER =
  /(?<![\p{L}\d])(?:инн|кпп|огрн|снилс|паспорт|серия|карта|счет|счёт|р\/с|заказ|заявка|договор|договору|лид|сделка|id|order|invoice|lead|ref|ticket|case|ssn|passport|account|card|dob|born|cpf|cnpj|rg|nif|nib|iban|dni|nie|rfc|curp|cuit|cuil|cédula|cedula|pedido|factura|fatura|contrato|nº|n°|№|cep|cp|zip|zip code|индекс|postcode|рожд\.?|д\.р\.|nascimento|nacimiento|age|дом|кв|офис|ул|room|suite)[.:#№ ]{0,3}(?:n[oº°.]{0,2}|num\.?|number)?[.:#№ ]{0,3}(?:\d{2} ?\d{2} \d{6}|\d{3}-\d{3}-\d{3} \d{2}|[A-Z]{2}\d{2}(?: ?\d{4}){3,5}|[A-Z]{0,4}\d[\dA-Z./-]{0,24})(?!\p{L})/giu;
const HASH_NUMBER = /[#№] ?\d[\d-]{0,20}/g;
const TAX_NUMBER = /(?<!\d)(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{3}-\d{3}-\d{3} \d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2})(?!\d)/g;
const CHANNEL =
  /(?<![\p{L}\d])(?:instagram|insta|inst|ig|инстаграмм?|инста|инст|insta(?:gram)? username|vk|вк|skype|скайп|tiktok|тикток|facebook|fb|linkedin|twitter|x\.com|discord)(?: ?[:=] ?@?[\w.]{2,40}| @[\w.]{2,40}|: [\w.]{2,40})/giu;
const COMPANY =
  /(?<!\p{L})(?:ооо|ао|оао|зао|пао|тоо|ип|нко|салон\p{Ll}*|студи\p{Ll}+|компани\p{Ll}+|школ\p{Ll}+|клиник\p{Ll}+|фирм\p{Ll}+|кафе|ресторан\p{Ll}*|магазин\p{Ll}*) ?(?:"[^"\n]{1,40}"|«[^»\n]{1,40}»|“[^”\n]{1,40}”)/giu;
const BRACKETED = /(?<=\p{L} )(?:"[\p{L} .'-]{1,30}"|“[\p{L} .'-]{1,30}”|«[\p{L} .'-]{1,30}»|\([\p{L} .'-]{1,30}\))/gu;

/** Puts aside what is named as something that no field takes: dates, documents, other networks, nicknames. */
export function setAside(sheet: Sheet): void {
  for (const pattern of [CHANNEL, NAMED_NUMBER, TAX_NUMBER, DATE, TIME, HASH_NUMBER, COMPANY]) mark(sheet, pattern, ASIDE);
  mark(sheet, BRACKETED, NICKNAME);
  for (const { kind, start, end } of sheet.hints) {
    if (kind === "other" || kind === "patronymic") blankLetters(sheet, start, end);
  }
}

function mark(sheet: Sheet, pattern: RegExp, by: string): void {
  for (const { index, 0: found } of sheet.left.matchAll(pattern)) {
    blank(sheet, index, index + found.trimEnd().length, by);
  }
}

/** The value of a label that is no field's: aside, but what was filled before stays filled. */
function blankLetters(sheet: Sheet, start: number, end: number): void {
  const kept = sheet.left.slice(start, end).replaceAll(/[^\0]/g, ASIDE);
  sheet.left = sheet.left.slice(0, start) + kept + sheet.left.slice(end);
}
