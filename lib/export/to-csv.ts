import { stringify } from "csv-stringify/sync";
import type { Cell } from "./schema";

const BOM = "\ufeff";
const encoder = new TextEncoder();

const STYLE = {
  delimiter: ";",
  record_delimiter: "\r\n",
  // Half a record's end breaks a row as well.
  quoted_match: /[\r\n]/,
  escape_formulas: true,
};

/**
 * For Excel as it is set up in Russia: marked as UTF-8, parted by semicolons. Cells that a spreadsheet would take for a
 * formula begin with an apostrophe, so phones with their + are texts as well.
 */
export async function* toCsv(portions: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const rows of portions) {
    const text = stringify(rows, STYLE);
    yield encoder.encode((isFirst ? BOM : "") + text);
    isFirst = false;
  }
}
