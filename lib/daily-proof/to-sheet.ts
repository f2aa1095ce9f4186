import type { Cell } from "@/lib/export/schema";
import { type ProofPage, type ProofRow, sheetColumns, sheetCounts } from "./schema";

export type SheetWords = {
  columns: Record<(typeof sheetColumns)[number], string>;
  counts: Record<(typeof sheetCounts)[number], string>;
  toKind: (row: ProofRow) => string;
  toMeaning: (row: ProofRow) => string;
  toState: (state: NonNullable<ProofRow["lead"]>["state"]) => string;
};

/** One table: a line for each of the numbers, then one for each difference. */
export function toSheet({ counts, rows }: NonNullable<ProofPage["proof"]>, words: SheetWords): Cell[][] {
  return [
    sheetColumns.map((column) => words.columns[column]),
    ...sheetCounts.map((name) => toCells({ what: words.counts[name], count: counts[name] })),
    ...rows.map((row) => {
      const { lead, leadId, kommoLeadId, otherId, accepted } = row;
      return toCells({
        ...{ what: words.toKind(row), meaning: words.toMeaning(row), count: 1 },
        ...(lead && {
          lead: lead.title,
          created: new Date(lead.createdAt),
          state: words.toState(lead.state),
        }),
        ...{ leadId, kommoId: kommoLeadId, otherId },
        ...(accepted && { accepted: new Date(accepted.at) }),
      });
    }),
  ];
}

function toCells(cells: Partial<Record<(typeof sheetColumns)[number], Cell>>): Cell[] {
  return sheetColumns.map((column) => cells[column] ?? null);
}
