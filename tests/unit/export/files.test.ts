import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Cell } from "@/lib/export/schema";
import { toCsv, toCsvForExcel } from "@/lib/export/to-csv";
import { toXlsx } from "@/lib/export/to-xlsx";

const HEAD = ["Имя", "Телефон"];

async function* inPortions(...portions: Cell[][][]) {
  yield* portions;
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

const ZONE = "Europe/Moscow";
const LUNCH = new Date("2026-11-21T11:30:05.750Z");
const inOneCell = (text: string) => `"${text.replaceAll('"', '""')}"\r\n`;

async function read(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await collect(bytes));
}

const forExcel = (...portions: Cell[][][]) => read(toCsvForExcel(inPortions(...portions), ZONE));
const forPrograms = (...portions: Cell[][][]) => read(toCsv(inPortions(...portions), ZONE));

describe("CSV for Excel", () => {
  test("starts with one UTF-8 mark, is separated by semicolons and quotes every text", async () => {
    expect(await forExcel([HEAD], [["Анна", "Вена"]], [["", null]])).toBe(
      '\ufeff"Имя";"Телефон"\r\n"Анна";"Вена"\r\n"";\r\n',
    );
  });

  test("quotes characters that would break a row", async () => {
    expect(await forExcel([['a;b"c', "две\nстроки"]])).toBe('\ufeff"a;b""c";"две\nстроки"\r\n');
  });

  test.each(["=1+1", "+79001234567", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", ' "=1+1'])(
    "%j gets an apostrophe",
    async (dangerous) => {
      expect(await forExcel([[dangerous]])).toBe(`\ufeff${inOneCell(`'${dangerous}`)}`);
    },
  );

  test.each([
    ["Анна,=1+1", "Анна,'=1+1"],
    ["Анна; =1+1", "Анна;' =1+1"],
    ["Анна\t@SUM(A1)", "Анна\t'@SUM(A1)"],
    ["Анна\n-1+1", "Анна\n'-1+1"],
    ['Анна,"+1+1', "Анна,'\"+1+1"],
  ])("no formula begins inside %j, whatever its reader splits at", async (text, safe) => {
    expect(await forExcel([[text]])).toBe(`\ufeff${inOneCell(safe)}`);
  });

  test.each([
    ...["0012345", "12345678901234567890", "12.05", "12-34-56", "8 (900) 12"],
    ...["4155e07", "4155E7", "10:30", "10:30 pm", "1 мар", "мар 21", "5 May", "50%", "50 %", "1/2", "7"],
    ...["500 ₽", "500 р.", "$5", "1 200 руб", "TRUE", "ложь"],
  ])("%j stays text", async (figures) => {
    expect(await forExcel([[figures]])).toBe(`\ufeff${inOneCell(`'${figures}`)}`);
  });

  test.each(["Экспо 2026", "5 лет опыта", "Иван", "10Б", "a-b", "ivan@example.com"])(
    "%j is left as it is",
    async (text) => {
      expect(await forExcel([[text]])).toBe(`\ufeff${inOneCell(text)}`);
    },
  );

  test("a number keeps its sign and has a decimal comma, and a date is the clock of the person's zone", async () => {
    expect(await forExcel([[-5, 1200.5, LUNCH]])).toBe("\ufeff-5;1200,5;2026-11-21 14:30:05\r\n");
  });
});

describe("CSV for other programs", () => {
  test("has no mark, is separated by commas and quotes every text", async () => {
    expect(await forPrograms([HEAD], [['А"нна', -1200.5, LUNCH]])).toBe(
      '"Имя","Телефон"\r\n"А""нна",-1200.5,2026-11-21T14:30:05+03:00\r\n',
    );
  });

  test.each([
    "+79001234567",
    "+74951234567,123",
    "0012",
    "4155e07",
    "10:30",
    "1 мар",
    "50%",
    "@ivan_p",
    "-5",
  ])("%j is not touched", async (text) => {
    expect(await forPrograms([[text]])).toBe(inOneCell(text));
  });

  test.each([
    ["=1+1", "'=1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"],
    ["Анна,=1+1", "Анна,'=1+1"],
  ])("%j cannot compute", async (text, safe) => {
    expect(await forPrograms([[text]])).toBe(inOneCell(safe));
  });

  test("a zone west of Greenwich and one of half hours say their offset", async () => {
    const [west, half] = await Promise.all(
      ["America/St_Johns", "Asia/Kolkata"].map((zone) => read(toCsv(inPortions([[LUNCH]]), zone))),
    );
    expect([west, half]).toEqual(["2026-11-21T08:00:05-03:30\r\n", "2026-11-21T17:00:05+05:30\r\n"]);
  });
});

const toFiles = async (portions: AsyncIterable<Cell[][]>) => unzipSync(await collect(toXlsx(portions, ZONE)));
const toSheet = (files: Record<string, Uint8Array>, sheet = 1) =>
  strFromU8(files[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array());

describe("XLSX", () => {
  test("texts are inline strings, numbers are numbers, and nothing is a formula", async () => {
    const sheet = toSheet(await toFiles(inPortions([HEAD], [["=1+1 <&>", 12]], [[null, "_x000D_"]])));

    expect(sheet).toContain('<t xml:space="preserve">=1+1 &lt;&amp;&gt;</t>');
    expect(sheet).toContain('<c r="B2"><v>12</v></c>');
    expect(sheet).toContain("_x005F_x000D_");
    expect(sheet).not.toContain("<f>");
  });

  test("every row and cell says where it is", async () => {
    const wide = Array.from({ length: 28 }, (_, column) => column);
    const sheet = toSheet(await toFiles(inPortions([HEAD, [null, "x"]], [wide])));

    const places = [...sheet.matchAll(/ r="(\w+)"/g)].map(([, place]) => place);
    expect(places.slice(0, 6)).toEqual(["1", "A1", "B1", "2", "B2", "3"]);
    expect(places.slice(-3)).toEqual(["Z3", "AA3", "AB3"]);
  });

  test("a date is a number of days with the style of dates, on the clock of the person's zone", async () => {
    const files = await toFiles(inPortions([HEAD], [[LUNCH]]));

    const [, style, days] = /<c r="A2" s="(\d)"><v>([\d.]+)<\/v>/.exec(toSheet(files)) ?? [];
    expect(Number(days)).toBeCloseTo(46347 + (14 * 3600 + 30 * 60 + 5) / 86400, 8);
    const styles = strFromU8(files["xl/styles.xml"] ?? new Uint8Array());
    const xfs = /<cellXfs.*<\/cellXfs>/.exec(styles)?.[0].match(/<xf [^>]*>/g) ?? [];
    expect(xfs[Number(style)]).toContain('numFmtId="164"');
    expect(styles).toContain('numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"');
  });

  test("a column is as wide as what its first rows hold", async () => {
    const sheet = toSheet(
      await toFiles(inPortions([HEAD, ["x".repeat(20), LUNCH]], [["x".repeat(99), null]])),
    );

    expect(sheet.match(/ width="\d+"/g)).toEqual([' width="22"', ' width="21"']);
    expect(sheet.indexOf("<cols>")).toBeLessThan(sheet.indexOf("<sheetData>"));
  });

  test("has every part that a workbook needs", async () => {
    const files = await toFiles(inPortions([HEAD]));

    expect(Object.keys(files).sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
  });

  test("rows beyond those of a sheet continue on another with the same heading", async () => {
    const rows = inPortions([HEAD, ["first"]], [["second"], ["third"]]);
    const files = unzipSync(await collect(toXlsx(rows, ZONE, 3)));

    const [first, second] = [toSheet(files), toSheet(files, 2)];
    expect(first.match(/<row /g)).toHaveLength(3);
    expect(second.match(/<row /g)).toHaveLength(2);
    expect(second).toContain("Имя");
    expect(second).toContain("third");
    expect(second).toContain('<row r="2">');
  });
});
