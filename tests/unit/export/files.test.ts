import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Cell } from "@/lib/export/schema";
import { toCsv } from "@/lib/export/to-csv";
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

const toText = async (...portions: Cell[][][]) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(await collect(toCsv(inPortions(...portions))));

describe("CSV", () => {
  test("starts with one UTF-8 mark and is separated by semicolons", async () => {
    expect(await toText([HEAD], [["Анна", "1"]], [["Пётр", "2"]])).toBe(
      "\ufeffИмя;Телефон\r\nАнна;1\r\nПётр;2\r\n",
    );
  });

  test("quotes characters that would break a row", async () => {
    expect(await toText([['a;b"c', "две\nстроки"]])).toBe('\ufeff"a;b""c";"две\nстроки"\r\n');
  });

  test.each(["=1+1", "+79001234567", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"])(
    "%j gets an apostrophe",
    async (dangerous) => {
      expect(await toText([[dangerous]])).toMatch(/^\ufeff"?'/);
    },
  );

  test.each(["0012345", "12345678901234567890", "12.05", "12-34-56", "8 (900) 12"])(
    "%j stays text",
    async (figures) => {
      expect(await toText([[figures]])).toBe(`\ufeff'${figures}\r\n`);
    },
  );

  test("a number is not escaped, keeps its sign and has a decimal comma", async () => {
    expect(await toText([[-5, 1200.5, "a-b"]])).toBe("\ufeff-5;1200,5;a-b\r\n");
  });
});

describe("XLSX", () => {
  test("texts are inline strings, numbers are numbers, and nothing is a formula", async () => {
    const file = unzipSync(
      await collect(toXlsx(inPortions([HEAD], [["=1+1 <&>", 12]], [[null, "_x000D_"]]))),
    );

    const sheet = strFromU8(file["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    expect(sheet).toContain('<t xml:space="preserve">=1+1 &lt;&amp;&gt;</t>');
    expect(sheet).toContain("<c><v>12</v></c>");
    expect(sheet).toContain("_x005F_x000D_");
    expect(sheet).not.toContain("<f>");
    expect(sheet.match(/<row>/g)).toHaveLength(3);
  });

  test("has every part that a workbook needs", async () => {
    const file = unzipSync(await collect(toXlsx(inPortions([HEAD]))));

    expect(Object.keys(file).sort()).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/_rels/workbook.xml.rels",
      "xl/workbook.xml",
      "xl/worksheets/sheet1.xml",
    ]);
  });

  test("rows beyond a million continue on another sheet with the same heading", async () => {
    const row = ["", ""];
    async function* many() {
      yield [HEAD];
      for (let portion = 0; portion < 1000; portion++) yield Array.from({ length: 1000 }, () => row);
    }

    const file = unzipSync(await collect(toXlsx(many())));

    const second = strFromU8(file["xl/worksheets/sheet2.xml"] ?? new Uint8Array());
    expect(second.match(/<row>/g)).toHaveLength(2);
    expect(second).toContain("Имя");
  });
});
