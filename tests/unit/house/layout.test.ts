import { describe, expect, test } from "vitest";
import {
  checkHouse,
  listCycles,
  listLargeFolders,
  listSharedNames,
  listStateWriters,
  listUpwardImports,
  listUsedActions,
} from "@/scripts/check/rules";

const aSource = (path: string, imports: string[] = [], text = "") => ({ path, imports, text });

test("the project keeps to its own layout", () => {
  expect(checkHouse()).toEqual([]);
});

describe("a cycle", () => {
  test("between files of a folder is found", () => {
    expect(
      listCycles([aSource("lib/a/x.ts", ["lib/a/y.ts"]), aSource("lib/a/y.ts", ["lib/a/x.ts"])]),
    ).toEqual(["cycle in lib/a: x.ts → y.ts → x.ts"]);
  });

  test("between folders is found, though no two files import each other", () => {
    const sources = [aSource("lib/a/x.ts", ["lib/b/deep/y.ts"]), aSource("lib/b/z.ts", ["lib/a/w.ts"])];

    expect(listCycles(sources)).toEqual(["cycle in lib: a → b → a"]);
  });

  test("between a folder and a file beside it is found", () => {
    const sources = [aSource("lib/a/x.ts", ["lib/a/deep/y.ts"]), aSource("lib/a/deep/z.ts", ["lib/a/x.ts"])];

    expect(listCycles(sources)).toEqual(["cycle in lib/a: x.ts → deep → x.ts"]);
  });

  test("through the actions of a room is none: they are the browser's way in", () => {
    const sources = [
      aSource("lib/people/actions.ts", ["lib/action.ts", "lib/people/mutations.ts"]),
      aSource("lib/action.ts", ["lib/people/queries.ts"]),
    ];

    expect(listCycles(sources)).toEqual([]);
  });
});

test("a name that two files of lib export is found, an action of that name is not", () => {
  const text = "export async function find() {}";
  const sources = [aSource("lib/a/x.ts", [], text), aSource("lib/b/y.ts", [], text)];

  expect(listSharedNames(sources)).toEqual(["find is exported by lib/a/x.ts and lib/b/y.ts"]);
  expect(listSharedNames([aSource("lib/a/x.ts", [], text), aSource("lib/a/actions.ts", [], text)])).toEqual(
    [],
  );
});

test("a folder of more than twenty files needs a reason", () => {
  const many = Array.from({ length: 21 }, (_, index) => aSource(`lib/a/file-${index}.ts`));

  expect(listLargeFolders(many)).toEqual(["lib/a holds 21 files: are these two rooms?"]);
  expect(listLargeFolders(many.slice(1))).toEqual([]);
});

test.each([
  'await db.updateTable("leads").set({ state: "queued", due_at: 1 }).execute();',
  'await tx.insertInto("leads").values({ ...row, state }).execute();',
  "await sql`update leads set state = 'confirmed' where id = 1`.execute(db);",
])("who sets the state of a lead elsewhere is found: %s", (text) => {
  expect(listStateWriters([aSource("lib/export/x.ts", [], text)])).toHaveLength(1);
  expect(listStateWriters([aSource("lib/leads/transitions.ts", [], text)])).toEqual([]);
});

test("who changes a lead but not its state is left alone", () => {
  const text =
    'await db.updateTable("leads").set({ fallbackValues: note }).where("state", "=", "held").execute();';

  expect(listStateWriters([aSource("lib/export/x.ts", [], text)])).toEqual([]);
});

test("a room that imports one above it is found", () => {
  const sources = [aSource("lib/leads/queries.ts", ["lib/delivery/claim.ts"])];

  expect(listUpwardImports(sources)).toHaveLength(1);
  expect(listUpwardImports([aSource("lib/delivery/claim.ts", ["lib/leads/queries.ts"])])).toEqual([]);
});

test("an action that lib itself calls is found", () => {
  expect(listUsedActions([aSource("lib/a/x.ts", ["lib/b/actions.ts"])])).toHaveLength(1);
  expect(listUsedActions([aSource("components/a/x.ts", ["lib/b/actions.ts"])])).toEqual([]);
});
