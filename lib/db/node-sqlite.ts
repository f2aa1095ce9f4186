import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import {
  type DatabaseConnection,
  type LimitNode,
  type SqliteDatabase,
  SqliteDriver,
  SqliteQueryCompiler,
  type SqliteStatement,
  ValueNode,
} from "kysely";
import { passTurn } from "./in-turns";

// Enough for the statements that repeat, of which the booking of a slot is the longest. Lists of values make long ones, each
// with another number of values.
const MAX_CACHED = 200;
const MAX_CACHED_LENGTH = 3000;

export function openNodeSqlite(path: string): SqliteDatabase {
  const sqlite = new DatabaseSync(path, { timeout: 5000, enableForeignKeyConstraints: true });
  // secure_delete overwrites deleted data, so that erased people do not remain in free pages of the file.
  sqlite.exec("pragma journal_mode = WAL; pragma synchronous = FULL; pragma secure_delete = ON;");
  // Preparing a statement takes as long as running it.
  const cached = new Map<string, SqliteStatement>();

  return {
    close: () => sqlite.close(),
    prepare(sql) {
      // A deferred transaction that reads before it writes fails with SQLITE_BUSY when another process has written in
      // between.
      const text = sql === "begin" ? "begin immediate" : sql;
      const known = cached.get(text);
      if (known) return known;
      const statement = text === "rollback" ? rollBack(sqlite) : prepare(sqlite, text);
      if (cached.size >= MAX_CACHED) cached.clear();
      if (text.length <= MAX_CACHED_LENGTH) cached.set(text, statement);
      return statement;
    },
  };
}

/**
 * SQLite answers at once, so a row of transactions would be one long stall: after each of them everything else in this
 * process has its turn.
 */
export class OwnSqliteDriver extends SqliteDriver {
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    await passTurn();
  }
}

/** SQLite prepares a statement anew whenever a limit is bound to it, which takes longer than to run it. */
export class OwnSqliteCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    const { limit } = node;
    if (ValueNode.is(limit) && Number.isSafeInteger(limit.value)) this.append(`limit ${limit.value}`);
    else super.visitLimit(node);
  }
}

/** A full disk has rolled the transaction back already; to fail here would hide why. */
function rollBack(sqlite: DatabaseSync): SqliteStatement {
  const statement = prepare(sqlite, "rollback");
  return {
    ...statement,
    run: (parameters) =>
      sqlite.isTransaction ? statement.run(parameters) : { changes: 0, lastInsertRowid: 0 },
  };
}

function prepare(sqlite: DatabaseSync, text: string): SqliteStatement {
  const statement = sqlite.prepare(text);
  const names = statement.columns().map(({ name }) => name);
  // What a star stands for changes with its table.
  const readRows = text.includes("*") ? readByStar(statement) : readByName(statement, names);
  return {
    reader: names.length > 0,
    all: (parameters) => readRows(parameters as SQLInputValue[]),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    // Not from the cache: a statement must not be reused while its rows are being read.
    iterate: (parameters) => sqlite.prepare(text).iterate(...(parameters as SQLInputValue[])),
  };
}

type ReadRows = (parameters: SQLInputValue[]) => object[];

/** Node's rows have no prototype, and React accepts only plain objects as props. */
function readByStar(statement: StatementSync): ReadRows {
  return (parameters) => statement.all(...parameters).map((row) => ({ ...row }));
}

/** Plain objects too, which are made here from arrays in a third of the time. */
function readByName(statement: StatementSync, names: string[]): ReadRows {
  statement.setReturnArrays(true);
  const toRow = (values: SQLOutputValue[]) => {
    const row: Record<string, SQLOutputValue | undefined> = {};
    for (const [index, name] of names.entries()) row[name] = values[index];
    return row;
  };
  return (parameters) => (statement.all(...parameters) as unknown as SQLOutputValue[][]).map(toRow);
}
