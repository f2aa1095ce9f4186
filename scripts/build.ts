import { spawnSync } from "node:child_process";
import { existsSync, globSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serverEnv } from "./server-process.mjs";

const STAMP = ".next/lead-desk-build";
const SOURCES = [
  "{app,components,lib,messages,public}/**",
  "{instrumentation,instrumentation-client,proxy,tailwind.config}.ts",
  "{next.config,postcss.config}.mjs",
  "package-lock.json",
  // Written by every installation, so that changed packages are built in.
  "node_modules/.package-lock.json",
];

/** Builds if there is no finished build or the source is newer. The stamp is written last, so half a build does not count. */
export function buildIfNeeded(): void {
  if (isBuilt()) return;

  process.stdout.write("Building (about half a minute)…\n");
  const began = Date.now();
  const build = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_COMPILE_CACHE: undefined,
      // Outside CI, Next installs packages that it misses and changes package.json.
      CI: "1",
    },
    encoding: "utf8",
  });
  if (build.status !== 0) {
    process.stderr.write(`${build.stdout}${build.stderr}\nThe build failed; what Next said is above.\n`);
    process.exit(1);
  }
  // Clears the compiled code of the previous build, but keeps the folder, as this process writes to it when it ends.
  for (const file of globSync(join(serverEnv.NODE_COMPILE_CACHE, "*/*"))) rmSync(file);
  writeFileSync(STAMP, "");
  process.stdout.write(`Built in ${Math.round((Date.now() - began) / 1000)} s.\n`);
}

export function isBuilt(home = "."): boolean {
  const stamp = join(home, STAMP);
  const sources = globSync(SOURCES, { cwd: home }).map((path) => statSync(join(home, path)).mtimeMs);
  return existsSync(stamp) && statSync(stamp).mtimeMs >= Math.max(...sources);
}
