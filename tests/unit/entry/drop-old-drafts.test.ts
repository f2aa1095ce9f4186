import { afterEach, expect, test, vi } from "vitest";
import { dropOldDrafts } from "@/components/drafts/drop-old-drafts";

const DAY_MS = 24 * 60 * 60 * 1000;

afterEach(() => void vi.unstubAllGlobals());

function stubStorage(entries: Record<string, string>): Record<string, string> {
  const storage = Object.create({
    getItem: (key: string) => storage[key] ?? null,
    removeItem: (key: string) => delete storage[key],
  });
  vi.stubGlobal("localStorage", Object.assign(storage, entries));
  return storage;
}

test("drafts go after a week, with those that cannot be read; nothing else does", () => {
  const aged = (days: number) => JSON.stringify({ name: "Анна", at: Date.now() - days * DAY_MS });
  const storage = stubStorage({
    "lead-desk-draft.one.a": "{broken",
    "lead-desk-draft.one.b": aged(8),
    "lead-desk-draft.two.c": aged(6),
    "lead-desk-draft-of-lead.two.d": aged(8),
    "lead-desk-keys-off": aged(8),
  });

  dropOldDrafts();

  expect(Object.keys(storage)).toEqual(["lead-desk-draft.two.c", "lead-desk-keys-off"]);
});

test("a browser that refuses storage costs nothing", () => {
  vi.stubGlobal("localStorage", undefined);

  expect(() => dropOldDrafts()).not.toThrow();
});
