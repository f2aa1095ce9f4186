import { type Kysely, SqliteAdapter, sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { saveNameParts } from "@/lib/db/name-parts";

const PORTION = 1000;

export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  // Compared byte by byte, like the keys.
  const text = isSqlite ? sql`text` : sql`text collate "C"`;
  await db.schema
    .createTable("name_parts")
    .addColumn("part", text, (c) => c.notNull())
    .addColumn("word", text, (c) => c.notNull())
    .addPrimaryKeyConstraint("name_parts_found", ["part", "word"])
    .$call((table) => (isSqlite ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await db.schema.createIndex("name_parts_of_word").on("name_parts").column("word").execute();
  await fill(db as Db);
}

async function fill(db: Db): Promise<void> {
  for (let last = ""; ; ) {
    const leads = await db
      .selectFrom("leads")
      .select("name_key")
      .where("name_key", ">", last)
      .groupBy("name_key")
      .orderBy("name_key")
      .limit(PORTION)
      .execute();
    if (leads.length === 0) return;
    await saveNameParts(
      leads.map(({ name_key }) => name_key),
      db,
    );
    last = leads.at(-1)?.name_key ?? last;
  }
}
