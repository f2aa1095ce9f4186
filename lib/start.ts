import "server-only";
import { getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";

export async function start(): Promise<void> {
  await migrate(getDb());
}
