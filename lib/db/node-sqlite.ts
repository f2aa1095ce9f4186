import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SqliteDatabase } from "kysely";

const MOST_PREPARED = 200;

/** Node's own SQLite in the shape that Kysely's SqliteDialect takes. */
export function openNodeSqlite(path: string): SqliteDatabase {
  const sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
  // What is deleted is overwritten too: erased people must not be left in the file's free pages.
  sqlite.exec("pragma journal_mode = WAL; pragma synchronous = FULL; pragma secure_delete = ON;");

  // Preparing takes as long as running; a statement that is read row by row is nobody else's meanwhile.
  const prepared = new Map<string, StatementSync>();
  const prepareOnce = (text: string) => {
    const statement = prepared.get(text) ?? sqlite.prepare(text);
    prepared.delete(text);
    prepared.set(text, statement);
    const [oldest] = prepared.keys();
    if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    return statement;
  };

  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A deferred transaction that reads before it writes fails with SQLITE_BUSY when another process wrote between.
      const text = sql === "begin" ? "begin immediate" : sql;
      const statement = prepareOnce(text);
      return {
        reader: statement.columns().length > 0,
        // Its rows have no prototype, and React takes only plain objects as props.
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])).map((row) => ({ ...row })),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => sqlite.prepare(text).iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
}
