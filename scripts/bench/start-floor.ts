import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "../../tests/support/desk.ts";
import { serverEnv, serverFlags } from "../server-process.mjs";

const FOLDER = "scripts/bench/floor";
const NEXT = join(process.cwd(), "node_modules/next/dist/bin/next");

export type Floor = { pid: number; save: (text: string) => Promise<void>; stop: () => Promise<void> };

/** Builds and starts the bare app beside which the desk is measured: its only action inserts one row durably. */
export async function startFloor(): Promise<Floor> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CI: "1" },
  };
  if (!isBuilt()) buildFloor(env);
  const port = await findFreePort();
  const child = spawn(
    process.execPath,
    [...serverFlags, NEXT, "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: FOLDER,
      env: { ...env, ...serverEnv, FLOOR_DATABASE: join(mkdtempSync(join(tmpdir(), "floor-")), "texts.db") },
      stdio: "ignore",
    },
  );
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const url = `http://127.0.0.1:${port}/`;
  await untilAnswering(url, child);
  const headers = { "next-action": readActionId(), "content-type": "text/plain;charset=UTF-8" };
  return {
    pid: child.pid ?? 0,
    save: async (text) => {
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify([text]) });
      if (!(await response.text()).includes('{"ok":true}')) throw new Error("the bare app did not save");
    },
    stop: async () => {
      process.off("exit", end);
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** By webpack: Next's other compiler takes the whole repository for this app, with its start and its proxy. */
function buildFloor(env: NodeJS.ProcessEnv): void {
  const flags = [NEXT, "build", "--webpack"];
  const build = spawnSync(process.execPath, flags, { cwd: FOLDER, env, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`the bare app was not built:\n${build.stdout}${build.stderr}`);
}

function isBuilt(): boolean {
  const sources = ["package-lock.json", ...globSync(`${FOLDER}/{app/*.js,next.config.mjs}`)];
  const built = statSync(join(FOLDER, ".next/BUILD_ID"), { throwIfNoEntry: false });
  return built !== undefined && sources.every((source) => statSync(source).mtimeMs < built.mtimeMs);
}

function readActionId(): string {
  const manifest: { node: object } = JSON.parse(
    readFileSync(join(FOLDER, ".next/server/server-reference-manifest.json"), "utf8"),
  );
  const [id] = Object.keys(manifest.node);
  if (id === undefined) throw new Error("the bare app has no action");
  return id;
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  while (!(await fetch(url).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error("the bare app ended before it answered");
    await wait(50);
  }
}
