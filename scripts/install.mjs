import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// import.meta.dirname is not there before Node 20.11.
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs on the system's Node, before anything is installed. `withTests` adds the packages that only tests need. */
export function installIfNeeded({ withTests = false } = {}) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (isComplete(wanted, present, withTests)) return;

  const what = withTests ? "dependencies, with those of the tests" : "dependencies";
  process.stdout.write(`Installing ${what} (once, about half a minute)…\n`);
  const folder = join(root, ".install");
  prepare(folder);
  const args = [
    "ci",
    withTests ? "--include=dev" : "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const { status } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) fail("npm ci failed. Check the network and the disk, then run the same command again.");
  if (!withTests) dropUnread(join(folder, "node_modules"));
  putInPlace(folder);
}

/** Compares the packages of the lockfile with the list that npm writes once it has installed them. */
export function isComplete(wanted, present, withTests) {
  return Object.entries(wanted).every(([path, { version, dev, devOptional, optional }]) => {
    if (path === "") return true;
    const found = present[path];
    const isNotNeeded = optional || (!withTests && (dev || devOptional));
    return found ? found.version === version : isNotNeeded;
  });
}

/** The pinned Node of node_modules if this platform has one, otherwise this Node if it is new enough. */
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

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return {};
  }
}

/** npm installs beside the present installation, which keeps working if this one fails. */
function prepare(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of ["package.json", "package-lock.json"]) {
    copyFileSync(join(root, name), join(folder, name));
  }
}

/** Deletes source maps and Node's headers: 200 MB that a running desk never reads. */
function dropUnread(modules) {
  const maps = readdirSync(modules, { recursive: true }).filter((path) => path.endsWith(".map"));
  const headers = readdirSync(modules)
    .filter((name) => name.startsWith("node-linux-"))
    .map((name) => join(name, "include"));
  for (const path of [...maps, ...headers]) rmSync(join(modules, path), { recursive: true, force: true });
}

function putInPlace(folder) {
  const place = join(root, "node_modules");
  if (existsSync(place)) renameSync(place, join(folder, "before"));
  renameSync(join(folder, "node_modules"), place);
  rmSync(folder, { recursive: true, force: true });
}
