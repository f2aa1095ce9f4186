import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { findNode, installIfNeeded, root } from "./install.mjs";
import { serverEnv } from "./server-process.mjs";

installIfNeeded();

// INIT_CWD: a FILE among the arguments is relative to the folder in which the command was typed.
const [script, ...args] = process.argv.slice(2);
const path = join(root, "scripts", "cli", script);
const { status } = spawnSync(findNode(), ["--disable-warning=ExperimentalWarning", path, ...args], {
  cwd: root,
  env: {
    ...process.env,
    NODE_COMPILE_CACHE: serverEnv.NODE_COMPILE_CACHE,
    INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
  },
  stdio: "inherit",
});
process.exit(status ?? 1);
