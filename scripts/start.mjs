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
// The terminal sends Ctrl-C to the server too; SIGTERM reaches this process only and is passed on.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => server.kill("SIGTERM"));
server.on("exit", (code) => process.exit(code ?? 1));
