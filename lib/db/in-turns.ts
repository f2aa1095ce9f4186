import { inChunks } from "@/lib/domain/in-chunks";

// SQLite writes so many leads within some 10 ms, a slow disk within some 30, and takes 32,766 values in one statement.
const AT_ONCE = 25;

/**
 * The list in pieces of at most so many. Between two of them everything else in this process has its turn: SQLite's statements
 * block it, and so does a long loop.
 */
export async function* inTurns<T>(all: readonly T[], most = AT_ONCE): AsyncGenerator<T[]> {
  for (const [index, some] of inChunks(all, most).entries()) {
    if (index > 0) await passTurn();
    yield some;
  }
}

/** Resolves when everything else in this process has had its turn. */
export function passTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
