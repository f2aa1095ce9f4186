import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

// As many as the desk says over and over; long ones are lists of values, whose number is another each time.
const MOST_KEPT = 200;
const LONGEST_KEPT = 2000;

/** Node's own SQLite in the shape that Kysely's SqliteDialect takes. */
export function openNodeSqlite(path: string): SqliteDatabase {
  const sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
  // What is deleted is overwritten too: erased people must not be left in the file's free pages.
  sqlite.exec("pragma journal_mode = WAL; pragma synchronous = FULL; pragma secure_delete = ON;");
  // Preparing takes as long as running.
  const kept = new Map<string, SqliteStatement>();

  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A deferred transaction that reads before it writes fails with SQLITE_BUSY when another process wrote between.
      const text = sql === "begin" ? "begin immediate" : sql;
      const statement = kept.get(text) ?? prepare(sqlite, text);
      if (kept.size >= MOST_KEPT) kept.clear();
      if (text.length <= LONGEST_KEPT) kept.set(text, statement);
      return statement;
    },
  };
}

function prepare(sqlite: DatabaseSync, text: string): SqliteStatement {
  const statement = sqlite.prepare(text);
  return {
    reader: statement.columns().length > 0,
    // Its rows have no prototype, and React takes only plain objects as props.
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])).map((row) => ({ ...row })),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // Read row by row it is nobody else's meanwhile.
    iterate: (parameters) => sqlite.prepare(text).iterate(...(parameters as SQLInputValue[])),
  };
}
