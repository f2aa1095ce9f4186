import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteIntrospector,
} from "kysely";
import type { Db } from "@/lib/db/client";
import { OwnSqliteCompiler } from "@/lib/db/node-sqlite";
import type { Tables } from "@/lib/db/tables";

export type Gate = {
  /** Passed before each statement that is alone, and before each transaction: it may take time. */
  enter(): Promise<void>;
  /** Passed before each statement and each commit: it throws in a process that has died. */
  step(): void;
};

/** The database as one process sees it. All processes share the one connection, as they share a file. */
export function openGated(base: Db, gate: Gate): Db {
  const { adapter } = base.getExecutor();
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => adapter,
      createDriver: () => new GatedDriver(base, gate),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new OwnSqliteCompiler(),
    },
  });
}

type Held = DatabaseConnection & { release: () => void };

class GatedDriver implements Driver {
  readonly #base: Db;
  readonly #gate: Gate;

  constructor(base: Db, gate: Gate) {
    this.#base = base;
    this.#gate = gate;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Held> {
    await this.#gate.enter();
    return new Promise((resolve, reject) => {
      const hold = (connection: DatabaseConnection) =>
        new Promise<void>((release) => resolve(this.#toGated(connection, release)));
      this.#base.getExecutor().provideConnection(hold).catch(reject);
    });
  }

  async beginTransaction(connection: Held): Promise<void> {
    await run(connection, "begin");
  }

  async commitTransaction(connection: Held): Promise<void> {
    this.#gate.step();
    await run(connection, "commit");
  }

  async rollbackTransaction(connection: Held): Promise<void> {
    await run(connection, "rollback");
  }

  async releaseConnection(connection: Held): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}

  #toGated(connection: DatabaseConnection, release: () => void): Held {
    const gate = this.#gate;
    return {
      release,
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        if (query.sql !== "rollback" && query.sql !== "commit") gate.step();
        return connection.executeQuery<R>(query);
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }
}

async function run(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}
