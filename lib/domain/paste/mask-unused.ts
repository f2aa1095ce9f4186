import { fold } from "@/lib/domain/paste/text/fold";
import { ASIDE, blank, NICKNAME, type Sheet } from "@/lib/domain/paste/text/sheet";
import { hasSurnameLook } from "@/lib/domain/paste/words/has-surname-look";
import { isGivenName } from "@/lib/domain/paste/words/is-given-name";

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const DATE = new RegExp(
  String.raw`(?<![\d.,/-])(?:${DAY}([./-])${DAY}\1(?:19|20)?\d{2}|(?:19|20)\d{2}([./-])${DAY}\2${DAY})(?![./-]?\d)|(?<!\d ?)${DAY} (?:0?[1-9]|1[0-2]) (?:19|20)\d{2}(?!\d)`,
  "g",
);
const NO_PHONE =
  /(?<![\d-])(?:19|20)\d{2} ?[-–—/] ?(?:19|20)\d{2}(?![\d-])|(?<![\d.])-?\d{1,3}\.\d{4,}(?![\d.])/g;
const ZIP_CODE: Record<string, RegExp> = {
  US: /(?<![\d-])\d{5}-\d{4}(?![\d-])/g,
  BR: /(?<![\d-])\d{5}-\d{3}(?![\d-])/g,
};
const TIME = /(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])/g;
const NAMED_NUMBER =
  /(?<![\p{L}\d])(?:инн|кпп|огрн|снилс|паспорт|серия|карта|счет|счёт|р\/с|заказ[ау]?|заявк[аи]|№ заказа|номер заказа|чек|полис|трек|vin|огрнип|бик|окпо|кадастр|договор[ауе]?|лид|сделка|id|order(?: number| no| id)?|tracking|vat|ein|nhs|po box|policy|permit|invoice|lead|ref|ticket|case|ssn|passport|account|card|dob|born|cpf|cnpj|rg|nif|nib|iban|dni|nie|rfc|curp|cuit|cuil|cédula|cedula|pedido|expediente|legajo|matrícula|matricula|póliza|ruc|nit|processo|protocolo|nipc|niss|utente|apólice|factura|fatura|contrato|nº|n°|№|cep|cp|zip|zip code|индекс|postcode|рожд\.?|д\.р\.|nascimento|nacimiento|age|дом|кв|офис|ул|room|suite)[.:#№ ]{0,3}(?:n[oº°.]{0,2}|num\.?|number)?[.:#№ ]{0,3}(?:\d{2} ?\d{2} \d{6}|\d{3}-\d{3}-\d{3} \d{2}|[A-Z]{2}\d{2}(?: ?\d{4}){3,5}|[A-Z]{0,4}-?\d[\dA-Z./-]{0,24})(?!\p{L})/giu;
const HASH_NUMBER = /[#№] ?\d[\d-]{0,20}/g;
const TAX_NUMBER =
  /(?<!\d)(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{3}-\d{3}-\d{3} \d{2}|\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2})(?!\d)/g;
const CHANNEL =
  /(?<![\p{L}\d])(?:instagram|insta|inst|ig|инстаграмм?|инста|инст|insta(?:gram)? username|vk|вк|skype|скайп|tiktok|тикток|facebook|fb|linkedin|twitter|x\.com|discord)(?: ?[:=] ?@?[\w.]{2,40}| @[\w.]{2,40}|: [\w.]{2,40})/giu;
// A phone or handle inside a note still counts, but the other words of a note are not a name.
const NOTE_PART = /@[\w.]+|[+(]{0,2}\d[\d ().-]{7,}\d|[^\ue000]/gu;
const COMPANY =
  /(?<!\p{L})(?:ооо|ао|оао|зао|пао|тоо|ип|нко|салон\p{Ll}*|студи\p{Ll}+|компани\p{Ll}+|школ\p{Ll}+|клиник\p{Ll}+|фирм\p{Ll}+|кафе|ресторан\p{Ll}*|магазин\p{Ll}*) ?(?:"[^"\n]{1,40}"|«[^»\n]{1,40}»|“[^”\n]{1,40}”)/giu;
const BRACKETED =
  /(?<=\p{L} )(?:"[\p{L} .'-]{1,30}"|“[\p{L} .'-]{1,30}”|«[\p{L} .'-]{1,30}»|\([\p{L} .'-]{1,30}\))/gu;

const PICTURE = String.raw`(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f])`;
const BETWEEN_NAMES = new RegExp(String.raw`(?<=\p{L} ?)${PICTURE}{1,12}(?= ?\p{Lu}\p{Ll})`, "gu");

/** "Карина 🌸 Лебедева": a picture between a given name and a surname is no end of the name. */
function maskPictures(sheet: Sheet): void {
  for (const { index, 0: picture } of sheet.left.matchAll(BETWEEN_NAMES)) {
    const before = /(\p{L}{2,30}) ?$/u.exec(sheet.left.slice(Math.max(0, index - 32), index))?.[1] ?? "";
    const end = index + picture.length;
    const after = /^ ?(\p{L}{2,30})/u.exec(sheet.left.slice(end, end + 32))?.[1] ?? "";
    if (isGivenName(fold(before)) && hasSurnameLook(fold(after)) > 0) blank(sheet, index, end, NICKNAME);
  }
}

export function maskUnused(sheet: Sheet): void {
  for (const pattern of [CHANNEL, NAMED_NUMBER, TAX_NUMBER, DATE, TIME, NO_PHONE, HASH_NUMBER, COMPANY])
    mark(sheet, pattern, ASIDE);
  const zip = ZIP_CODE[sheet.country];
  if (zip) mark(sheet, zip, ASIDE);
  mark(sheet, BRACKETED, NICKNAME);
  maskPictures(sheet);
  for (const { kind, start, end } of sheet.hints) {
    if (kind === "foreign" || kind === "patronymic") hide(sheet, start, end, /[^\ue000]/gu);
    if (kind === "other" || kind === "comment") hide(sheet, start, end, NOTE_PART);
  }
}

function mark(sheet: Sheet, pattern: RegExp, by: string): void {
  for (const { index, 0: found } of sheet.left.matchAll(pattern)) {
    blank(sheet, index, index + found.trimEnd().length, by);
  }
}

function hide(sheet: Sheet, start: number, end: number, pattern: RegExp): void {
  const hidden = sheet.left
    .slice(start, end)
    .replaceAll(pattern, (part) =>
      pattern === NOTE_PART && part.length > 2 ? part : ASIDE.repeat(part.length),
    );
  sheet.left = sheet.left.slice(0, start) + hidden + sheet.left.slice(end);
}
