import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";

const FACTS = "docs/kommo-api.md";
const FOLDERS = "{app,components,lib,practice,scripts,tests}/**/*.{ts,tsx,mjs,js,css}";
// A route may be a folder called as the file that it answers with.
const files = [FOLDERS, "*.{ts,mjs,json,md}", "docs/architecture.md"]
  .flatMap((pattern) => globSync(pattern))
  .filter((file) => statSync(file).isFile());

// A citation may be broken over two comment lines.
const texts = files.map((file) => ({
  file,
  text: readFileSync(file, "utf8").replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, " "),
}));

function findAll(pattern: RegExp): { file: string; found: string }[] {
  return texts.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map(([found, group]) => ({ file, found: group ?? found })),
  );
}

const headings = readFileSync(FACTS, "utf8").matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm);
const sections = [...headings].map(([, number]) => number);

test("each section of the facts about Kommo that the code cites is a heading there", () => {
  const cited = findAll(/\u00a7(\d+(?:\.\d+)?)/g);

  expect(cited.length).toBeGreaterThan(50);
  expect(cited.filter(({ found }) => !sections.includes(found))).toEqual([]);
});

test("a cited section says of which document it is", () => {
  const signs = findAll(/\u00a7/g);
  const citations = findAll(/docs\/kommo-api\.md (\u00a7[\d.]+(?:(?:,| and| to) \u00a7[\d.]+)*)/g);
  const named = citations.flatMap(({ found }) => found.match(/\u00a7/g) ?? []);

  expect(named).toHaveLength(signs.length);
});

test("no document is cited that is not in the repository", () => {
  const named = findAll(/[\w./-]*\w\.md\b/g);

  expect(named.filter(({ found }) => !existsSync(found))).toEqual([]);
});

test("no issue and no seed is cited by its number", () => {
  expect(findAll(/\b(?:issue #?|seeds\/|SEED)\d+/gi)).toEqual([]);
});

test("each file that the README, the decisions and the architecture name exists", () => {
  const documents = ["README.md", "DECISIONS.md", "docs/architecture.md"].map((file) =>
    readFileSync(file, "utf8"),
  );
  const named = documents.flatMap((text) =>
    [
      ...text.matchAll(
        /(?<![\w/])(?:app|components|lib|practice|scripts|tests|docs|public)\/[\w./()[\]-]*\w/g,
      ),
    ].map(([path]) => path),
  );

  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(path) && !existsSync(`${path}.ts`))).toEqual([]);
});
