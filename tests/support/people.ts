import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";

export async function insertSeller(db: Db, name = "Анна"): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto("people")
    .values({ id, name, email: `${id}@example.com`, role: "seller", password_hash: "", created_at: 0 })
    .execute();
  return id;
}
