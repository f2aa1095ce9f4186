import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

/** A file of the product with the files of ours that it imports, all paths from the root. */
export type Source = { path: string; text: string; imports: string[] };

const ROOMS = [
  "app",
  "components",
  "lib",
  "practice",
  "scripts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
];
const IMPORT = /(?:from|import\()\s*"([^"]+)"|^import "([^"]+)"/gm;
const ENDINGS = ["", ".ts", ".tsx", ".mjs"];

export function readSources(): Source[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...ROOMS], {
    encoding: "utf8",
  });
  const paths = listed.split("\n").filter((path) => /\.(ts|tsx|mjs)$/.test(path));
  const texts = new Map(paths.flatMap((path) => readIfThere(path)));
  return [...texts].map(([path, text]) => ({ path, text, imports: listImports(path, text, texts) }));
}

/** A file that was just deleted is still listed by git. */
function readIfThere(path: string): [string, string][] {
  try {
    return [[path, readFileSync(path, "utf8")]];
  } catch {
    return [];
  }
}

function listImports(path: string, text: string, known: Map<string, string>): string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, from, bare]) => {
    const name = from ?? bare ?? "";
    if (!name.startsWith("@/") && !name.startsWith(".")) return [];
    const base = name.startsWith("@/") ? name.slice(2) : join(dirname(path), name);
    return ENDINGS.map((ending) => base + ending).find((candidate) => known.has(candidate)) ?? [];
  });
}
