import "server-only";
import { findGrant } from "@/lib/connection/find-grant";
import { findKeptIntegration } from "@/lib/connection/kept-integration";
import type { Db } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError, keepForeseen } from "@/lib/errors";
import type { Integration } from "@/lib/kommo/schema";

/** The integration that the settings name, else the one by which an admin has connected last, if its secret can be read. */
export async function findIntegration(db: Db): Promise<Integration | undefined> {
  const { integration } = getEnv().kommo;
  if (integration) return integration;
  const grant = await findGrant(db).catch(keepForeseen);
  return grant instanceof AppError ? undefined : grant?.integration;
}

/** Throws `invalid` where none is given and none is known, and for an empty secret that is not kept. */
export async function getIntegration(given: Integration | undefined, db: Db): Promise<Integration> {
  if (given) return given.clientSecret === "" ? withKeptSecret(given, db) : given;
  const known = await findIntegration(db);
  if (!known) throw new AppError("invalid", { fields: { clientId: "client_id_invalid" } });
  return known;
}

async function withKeptSecret(given: Integration, db: Db): Promise<Integration> {
  const kept = await findKeptIntegration(db);
  if (kept?.clientId !== given.clientId || kept.clientSecret === undefined)
    throw new AppError("invalid", { fields: { clientSecret: "client_secret_invalid" } });
  return { ...given, clientSecret: kept.clientSecret };
}

/** Throws `read_only` where the settings give a long-lived token. */
export function requireChangeable(): void {
  const { kommo } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) throw new AppError("read_only");
}
