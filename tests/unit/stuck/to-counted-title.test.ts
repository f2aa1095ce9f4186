import { expect, test } from "vitest";
import { toCountedTitle } from "@/components/stuck/to-counted-title";

test.each([
  ["New lead · Lead Desk", 2, "(2)\u00a0New lead · Lead Desk"],
  ["(2)\u00a0New lead · Lead Desk", 3, "(3)\u00a0New lead · Lead Desk"],
  ["(99+)\u00a0Leads · Lead Desk", 0, "Leads · Lead Desk"],
  ["Leads · Lead Desk", 100, "(99+)\u00a0Leads · Lead Desk"],
  ["(495) 123-45-67 · Lead Desk", 0, "(495) 123-45-67 · Lead Desk"],
])("the title «%s» with %i leads that wait is «%s»", (title, count, expected) => {
  expect(toCountedTitle(title, count)).toBe(expected);
});
