import type { Db } from "./client";

// So that a group is written within some ten ms, and its values fit into one statement.
const MOST_AT_ONCE = 50;

type Waiting<I, O> = { item: I; resolve: (result: O) => void; reject: (reason: unknown) => void };
type Queue<I, O> = { waiting: Waiting<I, O>[]; isWriting: boolean };

/**
 * Writes what many ask for at the same moment together, in the transaction that `write` makes: the disk takes as long for
 * one row as for twenty. Each is answered after the commit. Where a group fails, each is tried alone, so that nobody fails
 * for somebody else's row.
 */
export function inGroups<I, O>(write: (items: readonly I[], db: Db) => Promise<O[]>) {
  const queues = new WeakMap<Db, Queue<I, O>>();

  return (item: I, db: Db): Promise<O> =>
    new Promise((resolve, reject) => {
      const queue = queues.get(db) ?? { waiting: [], isWriting: false };
      queues.set(db, queue);
      queue.waiting.push({ item, resolve, reject });
      if (!queue.isWriting) void writeAll(queue, db);
    });

  async function writeAll(queue: Queue<I, O>, db: Db): Promise<void> {
    queue.isWriting = true;
    while (queue.waiting.length > 0) {
      // Whoever else is ready in this turn of the event loop is of the same group.
      await new Promise((resolve) => setImmediate(resolve));
      await writeGroup(queue.waiting.splice(0, MOST_AT_ONCE), db);
    }
    queue.isWriting = false;
  }

  async function writeGroup(group: readonly Waiting<I, O>[], db: Db): Promise<void> {
    try {
      const results = await write(
        group.map(({ item }) => item),
        db,
      );
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      const [only, ...others] = group;
      if (others.length === 0) only?.reject(error);
      else await Promise.all(group.map((one) => writeGroup([one], db)));
    }
  }
}
