import { stringify } from "csv-stringify/sync";
import type { Cell } from "./schema";
import { toLocalTime } from "./to-local-time";

const BOM = "\ufeff";
const encoder = new TextEncoder();

// A reader that splits at another character than ours sees a cell begin there, within quotes too.
const FORMULA_BEGINS = /(^|[,;|\t\r\n])(["'\s]*)(?=[=+\-@＝＋－＠])/g;
// A spreadsheet makes at most a number of these, and a program needs them as they are.
const IS_HARMLESS = /^(?:\+[\d\s().,;#-]{3,}|-[\d\s.]+|@\w+)$/;

// What Excel reads as a number, date, time, share or sum, in its English and Russian editions.
const WORDS_OF_FIGURES =
  /\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*|\b[ap]m?\b|руб|[eеpрг]|\p{Sc}/giu;
const IS_FIGURES = /^(?=.*\d)[\d\s().,:/%+−-]+$/s;
const IS_TRUTH = /^\s*(?:true|false|истина|ложь)\s*$/i;

type Dialect = {
  head: string;
  delimiter: string;
  toNumber: (value: number) => string;
  toDate: (at: Date, zone: string) => string;
  toText: (text: string) => string;
};

const forExcel: Dialect = {
  head: BOM,
  delimiter: ";",
  toNumber: (value) => String(value).replace(".", ","),
  toDate: (at, zone) => toLocalTime(at, zone).slice(0, 19).replace("T", " "),
  toText: (text) => {
    const safe = text.replace(FORMULA_BEGINS, "$1'$2");
    return safe === text && isConverted(text) ? `'${text}` : safe;
  },
};

const forPrograms: Dialect = {
  head: "",
  delimiter: ",",
  toNumber: (value) => String(value),
  toDate: toLocalTime,
  toText: (text) => (IS_HARMLESS.test(text) ? text : text.replace(FORMULA_BEGINS, "$1'$2")),
};

/**
 * For Excel with Russian settings. Texts that a spreadsheet would read as a formula or a number, phones included, get an
 * apostrophe.
 */
export function toCsvForExcel(portions: AsyncIterable<Cell[][]>, zone: string): AsyncGenerator<Uint8Array> {
  return write(portions, forExcel, zone);
}

/** As RFC 4180 says, with times as ISO 8601 does. Only a formula gets an apostrophe. */
export function toCsv(portions: AsyncIterable<Cell[][]>, zone: string): AsyncGenerator<Uint8Array> {
  return write(portions, forPrograms, zone);
}

async function* write(portions: AsyncIterable<Cell[][]>, dialect: Dialect, zone: string) {
  const style = {
    delimiter: dialect.delimiter,
    record_delimiter: "\r\n",
    quoted_string: true,
    cast: {
      number: dialect.toNumber,
      date: (value: Date) => dialect.toDate(value, zone),
      string: dialect.toText,
    },
  };
  let head = dialect.head;
  for await (const rows of portions) {
    yield encoder.encode(head + stringify(rows, style));
    head = "";
  }
}

function isConverted(text: string): boolean {
  return IS_TRUTH.test(text) || IS_FIGURES.test(text.replace(WORDS_OF_FIGURES, ""));
}
