import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

const rules: { file: string; forbidden: string[]; lawful: string[] }[] = [
  {
    file: "app/page.tsx",
    forbidden: [
      "@/lib/db/client",
      "@/lib/leads/mutations",
      "@/lib/kommo/client",
      "@/practice/server",
      "../lib/db/client",
      "./../lib/db/client",
      "./../../lib/db/client",
      "kysely",
      "pg",
    ],
    lawful: ["@/lib/leads/queries", "@/lib/auth/session", "@/lib/env", "@/components/leads/form"],
  },
  {
    file: "components/leads/form.tsx",
    forbidden: [
      "@/lib/leads/queries",
      "@/lib/auth/session",
      "@/lib/env",
      "@/lib/leads/to-phone",
      "@/app/page",
      "../../lib/leads/queries",
      "@/lib/paste/read-phones",
    ],
    lawful: [
      "@/lib/leads/schema",
      "@/lib/leads/words",
      "@/lib/leads/actions",
      "@/lib/leads/read-phone",
      "@/lib/paste/parse-paste",
      "@/components/ui/button",
      "./tray",
    ],
  },
  {
    file: "lib/outbox/loop.ts",
    forbidden: [
      "@/components/leads/form",
      "@/app/page",
      "@/practice/server",
      "../leads/queries",
      "./../../components/leads/form",
    ],
    lawful: [
      "@/lib/db/client",
      "@/lib/leads/queries",
      "@/lib/mapping/queries",
      "@/lib/kommo/client",
      "./claim",
    ],
  },
  {
    file: "lib/leads/actions.ts",
    forbidden: ["@/lib/db/client", "@/lib/kommo/client", "@/lib/outbox/deliver", "@/lib/leads/queries"],
    lawful: ["@/lib/action", "./mutations", "./schema"],
  },
  {
    file: "lib/leads/mutations.ts",
    forbidden: ["@/lib/outbox/deliver", "@/lib/kommo/client", "@/lib/auth/session", "@/lib/action"],
    lawful: ["@/lib/db/client", "@/lib/errors", "./schema"],
  },
  {
    file: "lib/kommo/client.ts",
    forbidden: ["@/lib/db/client", "@/lib/leads/schema", "@/lib/mapping/schema"],
    lawful: ["@/lib/env", "@/lib/errors", "./schema"],
  },
  { file: "lib/db/client.ts", forbidden: ["@/lib/leads/schema"], lawful: ["@/lib/env", "./tables"] },
  {
    file: "lib/mapping/to-incoming-lead.ts",
    forbidden: ["@/lib/db/client", "@/lib/env"],
    lawful: ["@/lib/kommo/schema", "./schema"],
  },
  { file: "lib/leads/schema.ts", forbidden: ["@/lib/env", "@/lib/leads/queries"], lawful: ["zod"] },
  {
    file: "practice/server.ts",
    forbidden: ["@/lib/kommo/schema", "../lib/kommo/schema", "./../lib/kommo/schema"],
    lawful: ["node:http", "zod", "./state/store.ts"],
  },
  {
    file: "practice/api/routes.ts",
    forbidden: [
      "@/lib/kommo/schema",
      "@/practice/server",
      "../../lib/kommo/schema",
      "../state/../../lib/kommo/schema",
      "./../../lib/kommo/schema",
      "./reading/../../../lib/kommo/schema",
    ],
    lawful: ["./answer.ts", "./reading/leads.ts", "../state/store.ts"],
  },
  {
    file: "practice/api/reading/leads.ts",
    forbidden: [
      "@/lib/kommo/schema",
      "../../../lib/kommo/schema",
      "../../state/../../lib/kommo/schema",
      "../incoming/../../../lib/kommo/schema",
      "./../../../lib/kommo/schema",
    ],
    lawful: ["./search.ts", "../answer.ts", "../incoming/check-items.ts", "../../state/store.ts"],
  },
];

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
});

const folder = mkdtempSync(join(tmpdir(), "house-"));
let faults: { rule: string; file: string; line: number }[];

beforeAll(() => {
  for (const { file, forbidden, lawful } of rules) {
    plant(file, [...forbidden, ...lawful].map((name) => `import "${name}";`).join("\n"));
  }
  plant("lib/circle/a.ts", 'import { b } from "./b";\nexport const a = b;');
  plant("lib/circle/b.ts", 'import { a } from "./a";\nexport const b = a;');
  plant("lib/circle/home.ts", "export const home = process.env.HOME;");
  faults = lint();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(rules)("$file", ({ file, forbidden, lawful }) => {
  test.each(forbidden)("may not import %s", (name) => {
    const line = 1 + forbidden.indexOf(name);

    expect(faults).toContainEqual({ rule: "lint/style/noRestrictedImports", file, line });
  });

  test("may import what the house allows", () => {
    const firstLawful = 1 + forbidden.length;

    expect(faults.filter((fault) => fault.file === file && fault.line >= firstLawful)).toEqual([]);
    expect(lawful).not.toHaveLength(0);
  });
});

test("a circle of imports is refused", () => {
  expect(faults).toContainEqual({ rule: "lint/suspicious/noImportCycles", file: "lib/circle/a.ts", line: 1 });
});

test("the environment is read in lib/env.ts alone", () => {
  expect(faults).toContainEqual({ rule: "lint/style/noProcessEnv", file: "lib/circle/home.ts", line: 1 });
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

/** Runs the project's own rules over the planted tree. */
function lint() {
  cpSync("biome.json", join(folder, "biome.json"));
  cpSync(".gitignore", join(folder, ".gitignore"));
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", folder];
  const { stdout } = spawnSync(join("node_modules", ".bin", "biome"), [...args, `--config-path=${folder}`], {
    encoding: "utf8",
  });
  return reportSchema.parse(JSON.parse(stdout)).diagnostics.map(({ category, location }) => ({
    rule: category,
    file: location.path.replace(`${folder}/`, ""),
    line: location.start.line,
  }));
}
