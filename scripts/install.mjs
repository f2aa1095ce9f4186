import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// import.meta.dirname is not there before Node 20.11.
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs on the system's Node, before anything is installed. `withTests` adds the packages that only tests need. */
export function installIfNeeded({ withTests = false } = {}) {
  const folder = join(root, ".install");
  bringBack(root);
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (isComplete(wanted, present, withTests)) return;

  const what = withTests ? "dependencies, with those of the tests" : "dependencies";
  process.stdout.write(`Installing ${what} (once, about half a minute)…\n`);
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
  if (status !== 0) {
    // What it has got so far may be what fills the disk.
    rmSync(folder, { recursive: true, force: true });
    if (!withTests && isUsable(wanted, present)) {
      process.stderr.write(
        "npm ci failed, so Lead Desk starts with the packages of its last start. Check the network and the disk: the next start tries again.\n",
      );
      return;
    }
    fail(
      "npm ci failed, and nothing was changed. Check the network and the disk, then run the same command again.",
    );
  }
  if (!withTests) dropUnread(join(folder, "node_modules"));
  putInPlace(root);
}

/** Whether every package that a start needs is there, be it in another version than the lockfile's. */
export function isUsable(wanted, present) {
  const inAnyVersion = Object.entries(wanted).filter(([path]) => path in present);
  return isComplete(wanted, Object.fromEntries(inAnyVersion), false);
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

/** Two renames. Where the second one fails the first is taken back, now or, after a power cut, at the next start. */
export function putInPlace(home) {
  const [place, folder] = [join(home, "node_modules"), join(home, ".install")];
  if (existsSync(place)) renameSync(place, join(folder, "before"));
  try {
    renameSync(join(folder, "node_modules"), place);
  } finally {
    bringBack(home);
  }
  rmSync(folder, { recursive: true, force: true });
}

export function bringBack(home) {
  const [place, before] = [join(home, "node_modules"), join(home, ".install", "before")];
  if (!existsSync(place) && existsSync(before)) renameSync(before, place);
}
