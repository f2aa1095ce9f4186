import { labels } from "@/lib/domain/paste/words/labels";

const known = new Set(Object.values(labels).flat());
const CUTS = ["\t", ";", "|", ","];
const QUOTED_CELL = /(^|[\t;,|\n])[ ]?"((?:[^"\n]|""){0,300})"(?=[ ]?(?:[\t;,|\n]|$| <))/g;

/** Below a row of headings, each cell of the next row gets its heading as a label. */
export function toLabelled(text: string): string {
  const bare = text.replaceAll(
    QUOTED_CELL,
    (_, before: string, cell: string) => before + cell.replaceAll('""', "'"),
  );
  const [head = "", row = "", ...more] = bare.trim().split("\n");
  const cut = findHeading(head);
  if (!cut || !row.includes(cut)) return bare;
  const cells = row.split(cut);
  const headings = head.split(cut);
  const lines = cells.map((cell, at) => `${headings[at]?.trim() || "note"}: ${cell.trim()}`);
  return [...lines, ...more].join("\n");
}

/** What separates the cells of a row of headings; undefined for any other line. */
export function findHeading(line: string): string | undefined {
  return CUTS.find((sign) => isHeading(line.split(sign)));
}

function isHeading(cells: string[]): boolean {
  return (
    cells.length > 1 && cells.every((cell) => cell.trim() === "" || known.has(cell.trim().toLowerCase()))
  );
}
