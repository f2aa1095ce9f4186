import { stringify } from "csv-stringify/sync";
import type { Cell } from "./schema";

const BOM = "\ufeff";
const encoder = new TextEncoder();

// Excel would turn 0012 into 12 and 12.05 into a date, and would cut long numbers.
const FIGURES = /^\d[\d\s().,/-]+$/;

const STYLE = {
  delimiter: ";",
  record_delimiter: "\r\n",
  // A lone carriage return also breaks a row.
  quoted_match: /[\r\n]/,
  escape_formulas: true,
  cast: {
    number: (value: number) => String(value).replace(".", ","),
    string: (value: string) => (FIGURES.test(value) ? `'${value}` : value),
  },
};

/**
 * For Excel with Russian settings. Texts that a spreadsheet would read as a formula or a number, phones included, get a
 * leading apostrophe.
 */
export async function* toCsv(portions: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const rows of portions) {
    const text = stringify(rows, STYLE);
    yield encoder.encode((isFirst ? BOM : "") + text);
    isFirst = false;
  }
}
