import { stringify } from "csv-stringify/sync";
import type { Cell } from "./schema";

const BOM = "\ufeff";
const encoder = new TextEncoder();

// Opened in Excel, 0012 loses its zeros, 12.05 is a day of May, and of long numbers the end is lost.
const FIGURES = /^\d[\d\s().,/-]+$/;

const STYLE = {
  delimiter: ";",
  record_delimiter: "\r\n",
  // Half a record's end breaks a row as well.
  quoted_match: /[\r\n]/,
  escape_formulas: true,
  cast: {
    number: (value: number) => String(value).replace(".", ","),
    string: (value: string) => (FIGURES.test(value) ? `'${value}` : value),
  },
};

/**
 * For Excel as it is set up in Russia: marked as UTF-8, parted by semicolons. Texts that a spreadsheet would take for a
 * formula or for a number begin with an apostrophe, phones among them.
 */
export async function* toCsv(portions: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const rows of portions) {
    const text = stringify(rows, STYLE);
    yield encoder.encode((isFirst ? BOM : "") + text);
    isFirst = false;
  }
}
