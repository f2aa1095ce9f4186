import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverEnv, serverFlags } from "../../scripts/server-process.mjs";

export const ADMIN = { email: "admin@example.com", password: "correct horse battery" };

export type Desk = {
  url: string;
  pid: number;
  /** From the start of the process to its "ready", in milliseconds. */
  readyMs: number;
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

type Settings = Record<string, string | undefined>;

/** Starts the app as `npm start` does, on a free port, and resolves when it says that it is ready. */
export async function startDesk(settings: Settings): Promise<Desk> {
  const port = settings.PORT ?? String(await findFreePort());
  const child = spawn(process.execPath, [...serverFlags, "scripts/serve.ts"], {
    env: {
      ...serverEnv,
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...settings,
      PORT: port,
    },
  });
  // A test that fails must not leave its desk behind.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  const began = performance.now();
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }

  await untilReady(child, () => output);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    readyMs: performance.now() - began,
    output: () => output,
    signal: (signal) => child.kill(signal),
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

/** Settings of a desk of its own: a fresh SQLite file, an admin, and the Kommo at the URL. */
export function freshSettings(kommo: { url: string; token: string }, more: Settings = {}): Settings {
  return {
    DATABASE_URL: `file:${join(mkdtempSync(join(tmpdir(), "desk-")), "lead-desk.db")}`,
    NEXTAUTH_SECRET: "a secret of more than thirty-two bytes",
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    KOMMO_BASE_URL: kommo.url,
    KOMMO_API_TOKEN: kommo.token,
    // The practice Kommo applies at once what it applies at all.
    KOMMO_LATE_SECONDS: "20",
    ...more,
  };
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const exited = once(child, "exit").then(() => {
    throw new Error(`The desk ended before it was ready:\n${output()}`);
  });
  const ready = Promise.withResolvers<void>();
  const look = () => output().includes("Lead Desk is ready") && ready.resolve();
  child.stdout?.on("data", look);
  await Promise.race([ready.promise, exited]);
  // To search all that it has written, for each line of a benchmark, would cost as much as the press that the line tells of.
  child.stdout?.off("data", look);
  exited.catch(() => undefined);
}
