import "server-only";
import type { AppError } from "@/lib/errors";
import type { Connection } from "./schema";

const connections = new WeakMap<AppError, Connection>();

/** Remembers by which connection Kommo was asked when it failed. */
export function noteAskedBy(error: AppError, connection: Connection): void {
  connections.set(error, { ...connection });
}

/** The connection whose request has failed so; undefined for an error that is of no request of callKommo. */
export function findAskedBy(error: AppError): Connection | undefined {
  return connections.get(error);
}
