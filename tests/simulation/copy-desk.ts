import type { Db } from "@/lib/db/client";
import type { SendingsFile } from "@/lib/delivery/duty";

// Those that others refer to last.
const TABLES = ["attempt_leads", "attempts", "lead_keys", "name_parts", "leads", "sender"] as const;

/** Copies what a history changes. Answers what puts the copy in the place of the database. */
export async function copyDesk(db: Db): Promise<() => Promise<void>> {
  const copied = await db.transaction().execute(async (tx) => {
    const tables = [];
    for (const table of TABLES)
      tables.push({ table, rows: await tx.selectFrom(table).selectAll().execute() });
    return tables;
  });
  return () =>
    db.transaction().execute(async (tx) => {
      for (const table of TABLES) await tx.deleteFrom(table).execute();
      for (const { table, rows } of copied.toReversed())
        if (rows.length > 0) await tx.insertInto(table).values(rows).execute();
    });
}

/** The count of sendings on the machine's disk, which a copied database does not change. */
export function aCount(): SendingsFile {
  let highest = 0;
  const remember = (sendings: number) => {
    highest = Math.max(highest, sendings);
  };
  return {
    isBehind: (sendings, least = highest) => sendings < least,
    highest: () => highest,
    remember,
    note: async (sendings) => remember(sendings),
  };
}
