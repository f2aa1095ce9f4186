import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// import.meta.dirname is not there before Node 20.11.
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs on the system's Node, before anything is installed. */
export function installIfNeeded() {
  const installed = join(root, "node_modules", ".package-lock.json");
  const lockfile = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;

  process.stdout.write("Installing dependencies (once, about half a minute)…\n");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    // Development dependencies build and test the app, whatever NODE_ENV says.
    env: { ...process.env, NODE_ENV: "development" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) fail("npm ci failed. Check the network and the disk, then run the same command again.");
}

/** The pinned Node of node_modules where there is one for this platform, else this one when it is new enough. */
export function findNode() {
  const pinned = join(root, "node_modules", ".bin", "node");
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return fail(`Lead Desk needs Node 24 or newer on this platform; this is ${process.version}.`);
}

/** @returns {never} */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
