import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
} from "kysely";
import pg from "pg";

const INT8 = 20;
// They mean the same to pg today, which warns at each start that they will mean less one day.
const CHECKED_MODES = /([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/;
const CONNECTS_WITHIN_MS = 5000;

/** In milliseconds. A process that freezes in a transaction or loses its network must not block the others. */
export const TIMEOUTS = { idleMs: 5000, lockMs: 8000, queryMs: 15_000 };
export type Timeouts = Partial<typeof TIMEOUTS>;

/**
 * Nothing here outlives a transaction: no session setting, no prepared statement, no lock of a session. A pooler such as
 * PgBouncer gives the connection to somebody else after each of them, and refuses settings in the start-up message.
 */
export function postgres(url: string, { idleMs, lockMs, queryMs }: Timeouts): PostgresDialect {
  pg.types.setTypeParser(INT8, Number);
  const clients = new pg.Pool({
    connectionString: url.replace(CHECKED_MODES, "$1verify-full"),
    max: 10,
    keepAlive: true,
    connectionTimeoutMillis: CONNECTS_WITHIN_MS,
    query_timeout: queryMs,
  });
  // Without a listener, a connection that breaks outside a query would end the process.
  clients.on("error", () => undefined);
  clients.on("connect", (client) => void client.on("error", () => undefined));
  const pool: PostgresPool = {
    options: clients.options,
    connect: async () => toOwnClient(await clients.connect()),
    end: () => clients.end(),
  };
  const begin = [
    "begin",
    ...(lockMs === undefined ? [] : [`set local lock_timeout = ${lockMs}`]),
    ...(idleMs === undefined ? [] : [`set local idle_in_transaction_session_timeout = ${idleMs}`]),
    // The app says "Saved" only after a commit that survives a power cut, whatever the server's default is by now.
    "select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'",
  ].join("; ");

  return Object.assign(new PostgresDialect({ pool }), {
    createDriver: () => new OwnDriver({ pool }, begin),
    createAdapter: () => new OwnAdapter(),
  });
}

/**
 * After a failure that the server did not send, as a time-out is, nobody knows what the connection still does: it takes no
 * other statement and is closed when released, which rolls back what it has begun. The pool would lend it to the next.
 */
function toOwnClient(client: PostgresPoolClient): PostgresPoolClient {
  let failure: unknown;
  async function query<R>(text: string, parameters: readonly unknown[]) {
    if (failure) throw failure;
    try {
      return await client.query<R>(text, parameters);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) failure = error;
      throw error;
    }
  }
  return {
    query: query as PostgresPoolClient["query"],
    release: (isDiscarded) => client.release(isDiscarded || failure !== undefined),
  };
}

class OwnDriver extends PostgresDriver {
  readonly #begin: string;

  constructor(config: ConstructorParameters<typeof PostgresDriver>[0], begin: string) {
    super(config);
    this.#begin = begin;
  }

  /** In one message, as one statement after the other would cost each transaction the way to the server. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin));
  }
}

/** `migrate` takes a lock that ends with its transaction; Kysely's own is of the session. */
class OwnAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}
