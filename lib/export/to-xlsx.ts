import { strToU8, Zip, ZipDeflate } from "fflate";
import type { Cell } from "./schema";

const ROWS_OF_SHEET = 1_000_000;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SHEET_BEGINS = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>`;
const SHEET_ENDS = "</sheetData></worksheet>";

/** Streamed portion by portion (ECMA-376). The first row heads every sheet. Texts are never formulas. */
export async function* toXlsx(portions: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  const made: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    made.push(bytes);
  });
  const open = (name: string) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    return file;
  };

  let head = "";
  let sheets = 0;
  let left = 0;
  let sheet: ZipDeflate | undefined;
  for await (const rows of portions) {
    for (const row of rows) {
      const text = toRow(row);
      head ||= text;
      if (left === 0) {
        sheet?.push(strToU8(SHEET_ENDS), true);
        sheet = open(`xl/worksheets/sheet${++sheets}.xml`);
        sheet.push(strToU8(SHEET_BEGINS + (sheets > 1 ? head : "")));
        left = ROWS_OF_SHEET;
      }
      sheet?.push(strToU8(text));
      left--;
    }
    yield* made.splice(0);
  }
  sheet?.push(strToU8(SHEET_ENDS), true);
  for (const [name, text] of toParts(sheets)) open(name).push(strToU8(XML + text), true);
  zip.end();
  yield* made.splice(0);
}

function toRow(cells: Cell[]): string {
  return `<row>${cells.map(toCell).join("")}</row>`;
}

function toCell(cell: Cell): string {
  if (cell === null || cell === "") return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

function escapeXml(text: string): string {
  return (
    text
      // Characters that XML 1.0 does not allow, and texts that Excel would read as its own escapes.
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
      .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  );
}

function toParts(sheets: number): [string, string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const types = numbers.map(
    (n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
  );
  const names = numbers.map((n) => `<sheet name="${n}" sheetId="${n}" r:id="rId${n}"/>`);
  const links = numbers.map(
    (n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
  );
  return [
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}</Relationships>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${types.join("")}</Types>`,
    ],
  ];
}
