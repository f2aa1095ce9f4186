import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { SqliteDatabase } from "kysely";

/** Node's own SQLite in the shape that Kysely's SqliteDialect takes. */
export function openNodeSqlite(path: string): SqliteDatabase {
  const sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
  // What is deleted is overwritten too: erased people must not be left in the file's free pages.
  sqlite.exec("pragma journal_mode = WAL; pragma synchronous = FULL; pragma secure_delete = ON;");

  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A deferred transaction that reads before it writes fails with SQLITE_BUSY when another process wrote between.
      const statement = sqlite.prepare(sql === "begin" ? "begin immediate" : sql);
      return {
        reader: statement.columns().length > 0,
        // Its rows have no prototype, and React takes only plain objects as props.
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])).map((row) => ({ ...row })),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
