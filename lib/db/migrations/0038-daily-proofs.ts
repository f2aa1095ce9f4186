import { type Kysely, sql } from "kysely";

/** The proofs of days, made and in the making, what differs in each, and which process makes them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  let proofs = db.schema
    .createTable("daily_proofs")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("zone", "text", (c) => c.notNull())
    .addColumn("asked_at", "bigint", (c) => c.notNull());
  for (const column of ["went_on_at", "made_at"]) proofs = proofs.addColumn(column, "bigint");
  for (const column of ["cursor", "copies", "problem"]) proofs = proofs.addColumn(column, "text");
  for (const column of [
    "try_at",
    "failures",
    "entered",
    "withdrawn",
    "confirmed",
    "found",
    "trashed",
    "differences",
  ])
    proofs = proofs.addColumn(column, "bigint", (c) => c.notNull().defaultTo(0));
  await proofs.execute();
  await db.schema.createIndex("daily_proofs_by_day").on("daily_proofs").column("day").execute();
  await sql`create unique index daily_proofs_to_make on daily_proofs (day) where made_at is null`.execute(db);
  await db.schema
    .createTable("daily_proof_rows")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("proof_id", "text", (c) => c.notNull().references("daily_proofs.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("lead_id", "text")
    .addColumn("kommo_lead_id", "bigint")
    .addColumn("other_id", "bigint")
    .addColumn("accepted_at", "bigint")
    .addColumn("accepted_by", "text", (c) => c.references("people.id"))
    .execute();
  await db.schema.createIndex("daily_proof_rows_of").on("daily_proof_rows").column("proof_id").execute();
  await db.schema.createIndex("daily_proof_rows_of_lead").on("daily_proof_rows").column("lead_id").execute();
  await db.schema
    .createTable("daily_proof_maker")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("holder", "text")
    .addColumn("lease_ends", "bigint", (c) => c.notNull())
    .execute();
  await sql`insert into daily_proof_maker (id, lease_ends) values ('maker', 0)`.execute(db);
}
