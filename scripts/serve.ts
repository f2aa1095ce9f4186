import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isLoopback, KOMMO_TUNING, parseEnv } from "../lib/env.ts";
import { AppError } from "../lib/errors.ts";
import { getFormScript } from "../lib/hosted-form/form-script.ts";
import { createFront } from "../lib/http/front.ts";
import { limitConnections } from "../lib/http/limit-connections.ts";
import { logConsole } from "../lib/http/log-console.ts";
import { log } from "../lib/log.ts";
import { redact } from "../lib/redact.ts";
import type { Started } from "../lib/start.ts";
import { type Practice, startPractice } from "../practice/server.ts";
import { buildIfNeeded } from "./build.ts";
import { openDataFolder } from "./data-folder.ts";
import { loadSettings, toDatabaseFile, toDefaultUrl } from "./load-settings.ts";
import { readOrMakeSecret, toActionsKey } from "./secret.ts";

const REQUESTS_MAY_TAKE_MS = 3000;
// Longer than a form takes to arrive: a slower sender only holds the connection open.
const ARRIVES_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 4500;
const dev = process.argv.includes("--dev");
const env = process.env;

/** lib/start.ts resolves it; Next bundles that file separately, so the two meet on `globalThis`. */
const started = Promise.withResolvers<Started>();
Object.assign(globalThis, { leadDeskStarted: started.resolve });

// The desk keeps running when the reader of its output (a pipe, a terminal) closes.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

loadSettings();
Object.assign(env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
const isPractice = !Object.keys(env).some(
  (name) => name.startsWith("KOMMO_") && !KOMMO_TUNING.includes(name) && env[name],
);
const { data, secret } = prepareData();
env.NEXTAUTH_SECRET = secret;
env.NEXTAUTH_URL ||= toDefaultUrl(env);
env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= toActionsKey(secret);

const practice = isPractice ? await startOwnPractice() : undefined;
const { port, host, appUrl, trustedProxies, isHstsForSubdomains } = readSettings();
if (!dev) buildIfNeeded();
// Files written from here on, above all the database, are readable by this user only.
process.umask(0o077);
const server = await serve();
const { kommoUrl } = await started.promise;

if (!dev && appUrl.startsWith("http:") && !isLoopback(appUrl)) warnOfPlainHttp();
process.stdout.write(`Lead Desk is ready at ${appUrl}\n`);
if (practice && kommoUrl === practice.url)
  process.stdout.write(`Practice Kommo: nothing leaves this machine. Open its board at ${practice.url}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop(server, practice));

/** The folder of what the desk writes, and the secret, which lies there unless it is set. */
function prepareData(): { data: string; secret: string } {
  try {
    const isNeeded = isPractice || !env.NEXTAUTH_SECRET || toDatabaseFile(env) !== undefined;
    const data = openDataFolder(env, isNeeded);
    return { data, secret: env.NEXTAUTH_SECRET || readOrMakeSecret(join(data, "secret")) };
  } catch (error) {
    return giveUp(error instanceof Error ? error : new Error(String(error)));
  }
}

function warnOfPlainHttp(): void {
  process.stderr.write(
    `\n  !!! ${appUrl} is plain http: passwords and leads can be read and changed in transit.\n` +
      "  !!! Put an https server in front of it, and set NEXTAUTH_URL to its https:// address.\n\n",
  );
}

async function startOwnPractice(): Promise<Practice> {
  const stateFile = join(data, "practice-kommo.json");
  // The same port at every start, if it is free, so that links to the board keep working.
  const nextPort = Number(env.PORT || 3000) + 1;
  const started = await startPractice({ stateFile, port: nextPort })
    .catch(() => startPractice({ stateFile }))
    .catch(() =>
      giveUp(
        new AppError("settings", {
          message: `${stateFile} cannot be read: delete it to start with an empty practice account.`,
        }),
      ),
    );
  Object.assign(env, { KOMMO_BASE_URL: started.url, KOMMO_API_TOKEN: started.token, OWN_PRACTICE: "1" });
  return started;
}

function readSettings() {
  try {
    return parseEnv(env);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write("Lead Desk cannot start with these settings (see .env.example):\n");
    for (const sentence of error.message.split("\n")) process.stderr.write(`  • ${sentence}\n`);
    process.exit(1);
  }
}

async function serve(): Promise<Server> {
  // Next reads NODE_ENV when it loads, so it must load after the settings.
  const { default: next } = await import("next");
  if (!dev) logConsole(log, redact);
  const passToNext = createFront({ appUrl, trustedProxies, isHstsForSubdomains, dev, getFormScript, log });
  const http = createServer({ requestTimeout: ARRIVES_WITHIN_MS }, (request, response) =>
    passToNext(request, response, handle),
  );
  limitConnections(http, log, { dev });
  // Next upgrades connections of this server, which only its hot reload needs.
  const app = next({ dev, hostname: host, port, httpServer: dev ? http : createServer() });
  const handle = app.getRequestHandler();
  await app.prepare().catch(giveUp);
  const { failure } = await started.promise;
  if (failure) giveUp(failure);

  return new Promise((resolve) => {
    http.once("error", giveUp);
    http.listen(port, host, () => resolve(http));
  });
}

/** Prints one sentence for a foreseen failure, and the stack of anything else, which is a bug. */
function giveUp(error: NodeJS.ErrnoException): never {
  // From the environment: it may be the settings that cannot be read yet.
  const { PORT = "3000", HOST = "127.0.0.1" } = env;
  const foreignHost = `HOST=${HOST} is not an address of this machine: set HOST to 127.0.0.1 or 0.0.0.0.`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${PORT} is taken: stop the other program, or set PORT to another port.`,
    EACCES: `This user may not use port ${PORT}: set PORT to a number above 1024.`,
    ENOTFOUND: foreignHost,
    EADDRNOTAVAIL: foreignHost,
    ENOSPC: "The disk that holds Lead Desk's data is full: free some space, and start again.",
  };
  const own = error.name === "AppError" ? error.message : undefined;
  process.stderr.write(`${own ?? sentences[error.code ?? ""] ?? error.stack}\n`);
  process.exit(1);
}

/** Requests in flight and the running delivery finish, then the database closes; the next start verifies what takes longer. */
async function stop(http: Server, practiceKommo: Practice | undefined): Promise<void> {
  process.stdout.write("Stopping…\n");
  const answered = new Promise((resolve) => http.close(resolve));
  setTimeout(() => http.closeAllConnections(), REQUESTS_MAY_TAKE_MS).unref();
  const { stopSending, closeDatabase } = await started.promise;
  const finished = Promise.all([answered, stopSending()]);
  await Promise.race([finished.then(closeDatabase), wait(STOP_WITHIN_MS)]);
  await practiceKommo?.close();
  process.exit(0);
}
