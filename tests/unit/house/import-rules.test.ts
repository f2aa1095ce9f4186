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
      "@/lib/leads/transitions",
      "@/lib/kommo/client",
      "@/lib/worker/loop",
      "@/practice/server",
      "../lib/db/client",
      "./../lib/db/client",
      "./../../lib/db/client",
      "kysely",
      "pg",
    ],
    lawful: [
      "@/lib/leads/queries",
      "@/lib/auth/session",
      "@/lib/clock",
      "@/lib/env",
      "@/lib/domain/lead/states",
      "@/components/entry/entry-page",
    ],
  },
  {
    file: "components/entry/form.tsx",
    forbidden: [
      "@/lib/leads/queries",
      "@/lib/auth/session",
      "@/lib/env",
      "@/lib/mapping/seed-mapping",
      "@/app/page",
      "../../lib/leads/queries",
    ],
    lawful: [
      "@/lib/domain/lead/schema",
      "@/lib/domain/paste/parse-paste",
      "@/lib/leads/actions",
      "@/lib/queue/schema",
      "@/lib/overview/constants",
      "@/components/ui/button",
      "./tray",
    ],
  },
  {
    file: "lib/worker/loop.ts",
    forbidden: [
      "@/components/entry/form",
      "@/app/page",
      "@/practice/server",
      "../leads/queries",
      "./../../components/entry/form",
    ],
    lawful: [
      "@/lib/db/client",
      "@/lib/leads/queries",
      "@/lib/mapping/queries",
      "@/lib/kommo/client",
      "./lease",
    ],
  },
  {
    file: "lib/leads/actions.ts",
    forbidden: ["@/lib/db/client", "@/lib/kommo/client", "@/lib/delivery/deliver", "@/lib/leads/queries"],
    lawful: ["@/lib/action", "@/lib/domain/lead/schema", "./mutations", "./schema"],
  },
  {
    file: "lib/leads/mutations.ts",
    forbidden: ["@/lib/kommo/client", "@/lib/auth/session", "@/lib/action", "@/lib/people/actions"],
    lawful: ["@/lib/db/client", "@/lib/errors", "@/lib/domain/lead/schema", "./transitions"],
  },
  {
    file: "lib/kommo/client.ts",
    forbidden: ["@/lib/db/client", "@/lib/leads/queries", "@/lib/delivery/schema"],
    lawful: ["@/lib/env", "@/lib/errors", "@/lib/domain/mapping/payload/incoming-lead", "./schema"],
  },
  {
    file: "lib/db/client.ts",
    forbidden: ["@/lib/leads/queries", "@/lib/kommo/client"],
    lawful: ["@/lib/clock", "@/lib/env", "@/lib/domain/lead/search-keys", "./tables"],
  },
  {
    file: "lib/domain/mapping/deep/to-incoming-lead.ts",
    forbidden: [
      "@/lib/db/client",
      "@/lib/env",
      "@/lib/errors",
      "@/lib/leads/schema",
      "../schema",
      "node:crypto",
      "kysely",
      "server-only",
      "zod",
    ],
    lawful: ["@/lib/domain/lead/schema", "libphonenumber-js", "zod/mini", "./to-values"],
  },
  {
    file: "lib/leads/schema.ts",
    forbidden: ["@/lib/env", "@/lib/leads/queries"],
    lawful: ["zod", "@/lib/domain/lead/states"],
  },
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

  test("may import what the rules allow", () => {
    const firstLawful = 1 + forbidden.length;

    expect(faults.filter((fault) => fault.file === file && fault.line >= firstLawful)).toEqual([]);
    expect(lawful).not.toHaveLength(0);
  });
});

test("a cycle of imports is refused", () => {
  expect(faults).toContainEqual({ rule: "lint/suspicious/noImportCycles", file: "lib/circle/a.ts", line: 1 });
});

test("the environment is read in lib/env.ts alone", () => {
  expect(faults).toContainEqual({ rule: "lint/style/noProcessEnv", file: "lib/circle/home.ts", line: 1 });
});

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

/** Runs the project's own rules on the planted files. */
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
