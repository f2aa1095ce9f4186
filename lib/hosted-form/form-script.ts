import "server-only";
import { stripTypeScriptTypes } from "node:module";
import { readAsset } from "@/lib/intake/form/assets";

/** Each uses only what stands in those before it. */
const FILES = ["sha256", "proof", "visit", "typed-values", "send", "attach", "start"] as const;
const IMPORT = /^import\b[^;]*;\n/gm;
const COMMENT = /^\s*(?:\/\*[\s\S]*?\*\/|\/\/.*)\n/gm;

let built: string | undefined;

/** The script of the public form for pages of any site: one file without a build, as its sources are few and small. */
export function getFormScript(): string {
  built ??= `(()=>{"use strict";\n${FILES.map(toScript).join("\n")}})();\n`;
  return built;
}

function toScript(name: (typeof FILES)[number]): string {
  return stripTypeScriptTypes(readAsset(`script/${name}.ts`))
    .replaceAll(IMPORT, "")
    .replaceAll(/^export /gm, "")
    .replaceAll(COMMENT, "")
    .replaceAll(/^[ \t]+|[ \t]+$/gm, "")
    .replaceAll(/\n+/g, "\n");
}
