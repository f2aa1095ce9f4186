import { inChunks } from "@/lib/domain/in-chunks";

// SQLite writes so many leads within some 50 ms, and takes 32,766 values in one statement.
const AT_ONCE = 500;

/** The list in pieces. Between two of them everything else in this process has its turn: SQLite's statements block it. */
export async function* inTurns<T>(all: readonly T[]): AsyncGenerator<T[]> {
  for (const [index, some] of inChunks(all, AT_ONCE).entries()) {
    if (index > 0) await new Promise((resolve) => setImmediate(resolve));
    yield some;
  }
}
