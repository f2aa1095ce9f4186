import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { ADMIN } from "./desk";

/** Runs a statement on the SQLite file of the URL, beside the desk that runs on it. */
export function change(
  databaseUrl: string | undefined,
  statement: string,
  ...values: (string | number | null)[]
): void {
  const file = new DatabaseSync(String(databaseUrl).slice("file:".length), { timeout: 5000 });
  file.prepare(statement).run(...values);
  file.close();
}

/** A colleague with the admin's password. */
export function addColleague(
  databaseUrl: string | undefined,
  { name, email, role = "seller" }: { name: string; email: string; role?: "seller" | "head" | "admin" },
): void {
  change(
    databaseUrl,
    `insert into people (id, email, name, role, password_hash, created_at)
     select ?, ?, ?, ?, password_hash, 0 from people where email = ?`,
    ...[randomUUID(), email, name, role, ADMIN.email],
  );
}
