import { expect, test } from "vitest";
import { navigationEntries } from "@/components/shell/navigation/navigation-entries";

test("the phone's bar has at most five entries, one of them for the admin's pages", () => {
  expect(navigationEntries.length + 1).toBeLessThanOrEqual(5);
  expect(navigationEntries.filter(({ href }) => href.startsWith("/admin"))).toEqual([]);
});
