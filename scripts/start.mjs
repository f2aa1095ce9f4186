import { spawn } from "node:child_process";
import { join } from "node:path";
import { findNode, installIfNeeded, root } from "./install.mjs";
import { serverEnv, serverFlags } from "./server-process.mjs";

installIfNeeded();

const node = findNode();
const serve = join(root, "scripts", "serve.ts");
const server = spawn(node, [...serverFlags, serve, ...process.argv.slice(2)], {
  cwd: root,
  env: { ...serverEnv, ...process.env },
  stdio: "inherit",
});
// Ctrl-C reaches the server by itself, as it does every process of the terminal; SIGTERM does not.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("exit", (code) => process.exit(code ?? 1));
