import { expect, test } from "vitest";
import { savePeople } from "@/components/entry/people/save-people";
import type { Person } from "@/components/entry/typed-lead";

const aPerson = { surname: "", phone: "+7", telegram: "", email: "", comment: "" };

/** Rows as the form holds them, and what was sent; `during` happens while the named one is on its way. */
function aGrid(names: string[], during: Record<string, (rows: Person[]) => Person[]> = {}) {
  let rows: Person[] = names.map((name) => ({ ...aPerson, id: name, name }));
  const sent: string[] = [];
  const save = () =>
    savePeople({
      list: () => rows,
      remove: (id) => {
        rows = rows.filter((row) => row.id !== id);
      },
      send: async ({ id, name, phone }) => {
        sent.push(name);
        // The form copies its values with each change.
        rows = structuredClone(during[id]?.(rows) ?? rows);
        if (name === "offline") return "offline";
        return phone === "" ? { phone: "contact_missing" } : undefined;
      },
      onProgress: () => undefined,
    });
  return { save, sent, list: () => rows.map(({ name }) => name) };
}

const change = (id: string, changed: Partial<Person>) => (rows: Person[]) =>
  rows.map((row) => (row.id === id ? { ...row, ...changed } : row));

test("a row that is changed while another is on its way is saved as it then stands", async () => {
  const grid = aGrid(["Иван", "Мария"], { Иван: change("Мария", { name: "Марина" }) });

  expect(await grid.save()).toMatchObject({ count: 2, problems: {} });
  expect(grid.sent).toEqual(["Иван", "Марина"]);
  expect(grid.list()).toEqual([]);
});

test("a row that is changed while it is on its way stays, so that the change is not lost", async () => {
  const grid = aGrid(["Иван"], { Иван: change("Иван", { name: "Ивана" }) });

  await grid.save();

  expect(grid.list()).toEqual(["Ивана"]);
});

test("a row that is removed before its turn is not sent, nor is any once all are discarded", async () => {
  const removed = aGrid(["Иван", "Мария", "Пётр"], {
    Иван: (rows) => rows.filter(({ id }) => id !== "Мария"),
  });
  const discarded = aGrid(["Иван", "Мария"], { Иван: () => [] });

  expect(await removed.save()).toMatchObject({ count: 2 });
  expect(removed.sent).toEqual(["Иван", "Пётр"]);
  expect(await discarded.save()).toMatchObject({ count: 1 });
  expect(discarded.sent).toEqual(["Иван"]);
});

test("what is wrong with one row lets the others go, and no connection stops all", async () => {
  const wrong = aGrid(["Иван", "Мария"], {});
  const offline = aGrid(["Иван", "offline", "Мария"]);
  const withoutPhone = aGrid(["Иван", "Мария", "Пётр"], { Иван: change("Мария", { phone: "" }) });

  expect(await wrong.save()).toEqual({ count: 2, problems: {}, problem: undefined });
  expect(await offline.save()).toEqual({ count: 1, problems: {}, problem: "offline" });
  expect(offline.list()).toEqual(["offline", "Мария"]);
  expect(await withoutPhone.save()).toMatchObject({
    count: 2,
    problems: { Мария: { phone: "contact_missing" } },
  });
  expect(withoutPhone.list()).toEqual(["Мария"]);
});
