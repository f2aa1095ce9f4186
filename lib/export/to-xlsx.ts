import { strToU8, Zip, ZipDeflate } from "fflate";
import type { Cell } from "./schema";
import { toSheetDate } from "./to-local-time";

// Excel takes 1,048,576.
const ROWS_OF_SHEET = 1_000_000;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const BEFORE_COLUMNS = `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`;
const SHEET_ENDS = "</sheetData></worksheet>";

// The indexes of `cellXfs` below.
const STYLE_OF_HEAD = 1;
const STYLE_OF_DATE = 2;
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
const DATE_WIDTH = 19;
const [MIN_WIDTH, MAX_WIDTH] = [8, 50];

/**
 * Streamed portion by portion (ECMA-376). The first row heads every sheet; the first portion gives the widths of the
 * columns. Texts are never formulas. Rows beyond those of a sheet continue on the next.
 */
export async function* toXlsx(
  portions: AsyncIterable<Cell[][]>,
  zone: string,
  rowsOfSheet = ROWS_OF_SHEET,
): AsyncGenerator<Uint8Array> {
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

  let head: Cell[] | undefined;
  let widths = "";
  let sheets = 0;
  let row = 0;
  let sheet: ZipDeflate | undefined;
  for await (const rows of portions) {
    widths ||= toWidths(rows);
    for (const cells of rows) {
      if (row === 0 || row > rowsOfSheet) {
        sheet?.push(strToU8(SHEET_ENDS), true);
        sheet = open(`xl/worksheets/sheet${++sheets}.xml`);
        sheet.push(strToU8(`${BEFORE_COLUMNS}${widths}<sheetData>${head ? toRow(head, 1, zone) : ""}`));
        row = head ? 2 : 1;
        head ??= cells;
      }
      sheet?.push(strToU8(toRow(cells, row++, zone)));
    }
    yield* made.splice(0);
  }
  sheet?.push(strToU8(SHEET_ENDS), true);
  for (const [name, text] of toParts(sheets)) open(name).push(strToU8(XML + text), true);
  zip.end();
  yield* made.splice(0);
}

function toWidths(rows: Cell[][]): string {
  const columns = rows[0]?.map((_, column) => {
    const lengths = rows.map((cells) => toLength(cells[column] ?? null));
    const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, ...lengths)) + 2;
    return `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`;
  });
  return columns ? `<cols>${columns.join("")}</cols>` : "";
}

function toLength(cell: Cell): number {
  return cell instanceof Date ? DATE_WIDTH : String(cell ?? "").length;
}

function toRow(cells: Cell[], row: number, zone: string): string {
  const texts = cells.map((cell, column) => toCell(cell, `${toLetters(column)}${row}`, row === 1, zone));
  return `<row r="${row}">${texts.join("")}</row>`;
}

function toCell(cell: Cell, place: string, isHead: boolean, zone: string): string {
  if (cell === null || cell === "") return "";
  if (cell instanceof Date)
    return `<c r="${place}" s="${STYLE_OF_DATE}"><v>${toSheetDate(cell, zone)}</v></c>`;
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  const style = isHead ? ` s="${STYLE_OF_HEAD}"` : "";
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

/** A to Z, then AA. */
function toLetters(column: number): string {
  const before = Math.floor(column / 26);
  return (before > 0 ? toLetters(before - 1) : "") + String.fromCharCode(65 + (column % 26));
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
  const styles = `<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>`;
  return [
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`,
    ],
    ["xl/styles.xml", STYLES],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships">${links.join("")}${styles}</Relationships>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${types.join("")}</Types>`,
    ],
  ];
}
