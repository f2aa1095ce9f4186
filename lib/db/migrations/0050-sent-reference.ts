import type { Kysely } from "kysely";

type Before = {
  mappings: { version: number; body: string };
  leads: { state: string; mapping_version: number | null; sent_reference: number | null };
};

/** In which field of Kommo a lead carried our id when it was sent last: the mapping alone does not tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("sent_reference", "bigint").execute();
  const before = db as Kysely<Before>;
  for (const { version, body } of await before.selectFrom("mappings").select(["version", "body"]).execute()) {
    const fieldId = JSON.parse(body).reference?.fieldId;
    if (typeof fieldId !== "number") continue;
    await before
      .updateTable("leads")
      .set({ sent_reference: fieldId })
      .where("state", "!=", "confirmed")
      .where("mapping_version", "=", version)
      .execute();
  }
}
