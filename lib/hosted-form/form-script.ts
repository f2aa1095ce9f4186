import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";

const FOLDER = "components/public-form/script";
/** Each uses only what stands in those before it. */
const FILES = ["sha256", "proof", "visit", "typed-values", "send", "attach", "start"] as const;
const IMPORT = /^import\b[^;]*;\n/gm;
const COMMENT = /^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)\n/gm;

/** The script of the public form for pages of any site: one file without a build, as its sources are few and small. */
export function getFormScript(): string {
  return `(()=>{"use strict";\n${FILES.map(toScript).join("\n")}})();\n`;
}

function toScript(name: (typeof FILES)[number]): string {
  return stripTypeScriptTypes(readFileSync(join(process.cwd(), FOLDER, `${name}.ts`), "utf8"))
    .replaceAll(IMPORT, "")
    .replaceAll(/^export /gm, "")
    .replaceAll(COMMENT, "")
    .replaceAll(/^[ \t]+|[ \t]+$/gm, "")
    .replaceAll(/\n+/g, "\n");
}
