import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** How many sections each chapter of ASVS 5.0 has, from V1 on. */
const SECTIONS = [5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3];

const lines = readFileSync("docs/security.md", "utf8").matchAll(
  /^\| V(\d+)\.(\d+) [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm,
);
const rows = [...lines].map(([, chapter, section, state = "", reason = ""]) => ({
  name: `${chapter}.${section}`,
  state,
  reason,
}));

test("docs/security.md has every section of ASVS 5.0, each once and in order", () => {
  const all = SECTIONS.flatMap((count, index) =>
    Array.from({ length: count }, (_, section) => `${index + 1}.${section + 1}`),
  );

  expect(rows.map(({ name }) => name)).toEqual(all);
});

test.each(rows)("section $name is $state, with words", ({ name, state, reason }) => {
  expect(["met", "open", "not applicable"]).toContain(state);
  expect(reason.length).toBeGreaterThan(10);
  if (state === "open") expect(reason, "names the requirement").toMatch(new RegExp(`^${name}\\.\\d+`));
});
