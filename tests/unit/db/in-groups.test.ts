import { expect, test } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { inGroups } from "@/lib/db/in-groups";

const db: Db = openDb("file::memory:");

test("what is asked for at one moment is written together, and what comes meanwhile is the next group", async () => {
  const groups: number[][] = [];
  const writing = Promise.withResolvers<void>();
  const save = inGroups<number, number>(async (numbers) => {
    groups.push([...numbers]);
    if (groups.length === 1) await writing.promise;
    return numbers.map((number) => number * 2);
  });

  const first = [save(1, db), save(2, db)];
  while (groups.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const next = [save(3, db), save(4, db)];
  writing.resolve();

  expect(await Promise.all([...first, ...next])).toEqual([2, 4, 6, 8]);
  expect(groups).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("nobody is answered before the group is written", async () => {
  let isWritten = false;
  const save = inGroups<number, boolean>(async (numbers) => {
    await new Promise((resolve) => setImmediate(resolve));
    isWritten = true;
    return numbers.map(() => true);
  });

  await save(1, db);

  expect(isWritten).toBe(true);
});

test("where a group fails, each is tried alone, and only the bad one fails", async () => {
  const save = inGroups<number, number>(async (numbers) => {
    if (numbers.includes(2)) throw new Error("no row for 2");
    return [...numbers];
  });

  const all = await Promise.allSettled([save(1, db), save(2, db), save(3, db)]);

  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await save(4, db)).toBe(4);
});

test("a group has a limit, and two databases have groups of their own", async () => {
  const other = openDb("file::memory:");
  const sizes: [Db, number][] = [];
  const save = inGroups<number, number>(async (numbers, of) => {
    sizes.push([of, numbers.length]);
    return [...numbers];
  });

  await Promise.all([...Array.from({ length: 120 }, (_, index) => save(index, db)), save(0, other)]);

  expect(sizes.filter(([of]) => of === db).map(([, size]) => size)).toEqual([50, 50, 20]);
  expect(sizes.filter(([of]) => of === other).map(([, size]) => size)).toEqual([1]);
  await other.destroy();
});
