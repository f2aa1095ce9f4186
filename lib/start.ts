import "server-only";
import { closeDb, getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { getEnv } from "@/lib/env";
import { startLoop } from "@/lib/outbox/loop";
import { createAdminOfSettings, createSetupLink } from "@/lib/people/mutations";
import { isSetUp } from "@/lib/people/queries";

const desk = globalThis as typeof globalThis & { leadDeskStop?: () => Promise<void> };

/** Before the first request: tables, a way in for the first admin, the delivery loop. */
export async function start(): Promise<void> {
  await migrate(getDb());
  await openTheDoor();

  const loop = startLoop();
  desk.leadDeskStop = async () => {
    await loop.stop();
    await closeDb();
  };
}

async function openTheDoor(): Promise<void> {
  if (await isSetUp()) return;
  const { admin, appUrl } = getEnv();
  if (admin) {
    await createAdminOfSettings(admin);
    return;
  }
  const token = await createSetupLink();
  process.stdout.write(
    `\n  Make the first admin here (this link works once, for 24 hours):\n  ${appUrl}/setup?token=${token}\n\n`,
  );
}
