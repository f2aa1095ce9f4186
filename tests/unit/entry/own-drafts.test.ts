import { afterEach, expect, test, vi } from "vitest";
import { dropOwnDrafts, listOwnDrafts } from "@/components/drafts/own-drafts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The browser's storage: its entries are its own properties. */
function storeDrafts(...keys: string[]): object {
  const storage = Object.create({ removeItem: (key: string) => Reflect.deleteProperty(storage, key) });
  for (const key of keys) storage[key] = "{}";
  vi.stubGlobal("localStorage", storage);
  return storage;
}

test("a person's drafts go, corrections included, and those of others stay", () => {
  const others = ["lead-desk-draft.boris.1", "lead-desk-draft-of-lead.boris.2", "lead-desk-source.anna"];
  const storage = storeDrafts("lead-desk-draft.anna.1", "lead-desk-draft-of-lead.anna.2", ...others);
  expect(listOwnDrafts("anna")).toHaveLength(2);

  dropOwnDrafts("anna");

  expect(Object.keys(storage)).toEqual(others);
});

test("a browser that refuses storage has no drafts", () => {
  vi.stubGlobal("localStorage", undefined);

  expect(listOwnDrafts("anna")).toEqual([]);
});
