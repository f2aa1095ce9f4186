import "server-only";
import { claimAccount } from "@/lib/account/claim-account";
import { tellTime } from "@/lib/clock";
import { findKommoUrl } from "@/lib/connection/queries";
import { closeDb, getDb, openDb, requireDurable } from "@/lib/db/client";
import { readClock } from "@/lib/db/clock";
import { migrate } from "@/lib/db/migrate";
import { verifyAfterRestore, verifyIfBehind } from "@/lib/delivery/restore/after-restore";
import { openSendingsFile, toSendingsPath } from "@/lib/delivery/restore/sendings-file";
import { getEnv, isPractice } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createAdminOfSettings, createSetupLink } from "@/lib/people/mutations";
import { isSetUp } from "@/lib/people/queries";
import { startLoop } from "@/lib/worker/loop";

export type Started = {
  failure?: Error;
  kommoUrl?: string;
  stopSending(): Promise<void>;
  closeDatabase(): Promise<void>;
};

/** Tells the server in scripts/ that this has started. Next bundles this file separately and does not wait for it. */
const server = globalThis as typeof globalThis & { leadDeskStarted?: (started: Started) => void };

/** Before the first request: tables, the first admin's link, the delivery loop. */
export async function start(): Promise<void> {
  const started: Started = { stopSending: async () => undefined, closeDatabase: closeDb };
  try {
    started.kommoUrl = await openDatabase();
    await prepareFirstAdmin();
    const path = toSendingsPath(getEnv().databaseUrl);
    const sendings = path === undefined ? undefined : openSendingsFile(path);
    await verifyAfterRestore(getDb(), tellTime(), sendings?.highest());
    if (sendings) await verifyIfBehind(sendings);
    started.stopSending = startLoop(sendings).stop;
  } catch (error) {
    started.failure = error instanceof Error ? error : new Error(String(error));
  }
  server.leadDeskStarted?.(started);
}

async function openDatabase(): Promise<string> {
  try {
    await migrateWithoutTimeouts();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("settings", {
      cause,
      message: `The database in DATABASE_URL cannot be opened: ${reason}`,
    });
  }
  const kommoUrl = await findKommoUrl();
  if (!kommoUrl) {
    throw new AppError("settings", {
      message:
        "KOMMO_API_TOKEN is missing, and Kommo needs it. Set it, or remove every KOMMO_* setting to start with the practice Kommo and connect an account in the app.",
    });
  }
  await claimAccount(isPractice(kommoUrl) ? "practice" : "kommo");
  return kommoUrl;
}

async function migrateWithoutTimeouts(): Promise<void> {
  const db = openDb(getEnv().databaseUrl, {});
  try {
    await requireDurable(db);
    await migrate(db);
    await readClock(db);
  } finally {
    await db.destroy();
  }
}

async function prepareFirstAdmin(): Promise<void> {
  if (await isSetUp()) return;
  const { admin, appUrl } = getEnv();
  if (admin) {
    await createAdminOfSettings(admin).catch(explainPassword);
    return;
  }
  const token = await createSetupLink();
  process.stdout.write(
    `\n  Create the admin account here (this link works once, for 24 hours):\n  ${appUrl}/setup?token=${token}\n\n`,
  );
}

function explainPassword(error: unknown): never {
  if (!(error instanceof AppError && error.fields?.password)) throw error;
  throw new AppError("settings", {
    cause: error,
    message: "ADMIN_PASSWORD is too easy to guess: it is among the most common ones, or made of ADMIN_EMAIL.",
  });
}
