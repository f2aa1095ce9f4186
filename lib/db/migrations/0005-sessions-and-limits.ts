import { type Kysely, PostgresAdapter, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("people").addColumn("locale", "text").execute();
  await db.schema.alterTable("people").addColumn("theme", "text").execute();
  await db.schema.alterTable("people").addColumn("last_sign_in_at", "bigint").execute();
  await db.schema
    .alterTable("people")
    .addColumn("session_version", "bigint", (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema
    .alterTable("one_time_links")
    .addColumn("person_id", "text", (c) => c.references("people.id"))
    .execute();

  await db.schema
    .createTable("sign_in_limits")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("failures", "bigint", (c) => c.notNull())
    .addColumn("failed_at", "bigint", (c) => c.notNull())
    .addColumn("blocked_until", "bigint", (c) => c.notNull())
    .addColumn("forget_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("sign_in_limits_to_forget").on("sign_in_limits").column("forget_at").execute();

  await db.schema
    .createTable("ended_sessions")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("forget_at", "bigint", (c) => c.notNull())
    .execute();

  await makeAuditAnew(db);
  await forbidAuditChanges(db);
}

/** SQLite cannot drop a "not null" constraint. The log outlives its leads, so it no longer references them. */
async function makeAuditAnew(db: Kysely<unknown>): Promise<void> {
  await sql`alter table audit rename to audit_old`.execute(db);
  await db.schema.dropIndex("audit_by_time").execute();
  await db.schema
    .createTable("audit")
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.references("people.id"))
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("subject_id", "text", (c) => c.references("people.id"))
    .addColumn("lead_id", "text")
    .addColumn("detail", "text")
    .addPrimaryKeyConstraint("audit_id", ["id"])
    .execute();
  await sql`insert into audit (id, at, person_id, action, lead_id, detail)
    select id, at, person_id, action, lead_id, detail from audit_old`.execute(db);
  await sql`drop table audit_old`.execute(db);
  await db.schema.createIndex("audit_by_time").on("audit").columns(["at", "id"]).execute();
  await db.schema.createIndex("audit_of_person").on("audit").columns(["person_id", "at", "id"]).execute();
  await db.schema.createIndex("audit_about_person").on("audit").columns(["subject_id", "at", "id"]).execute();
  await db.schema.createIndex("audit_by_action").on("audit").columns(["action", "at", "id"]).execute();
}

/** Entries cannot be changed. The one exception is an erasure: detail and lead_id may become null. */
async function forbidAuditChanges(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of isPostgres ? ofPostgres : ofSqlite) await sql.raw(statement).execute(db);
}

const REFUSAL = "the audit log is append-only";

const ofSqlite = [
  `create trigger audit_keeps_rows before delete on audit
    begin select raise(abort, '${REFUSAL}'); end`,
  `create trigger audit_keeps_words before update on audit
    when new.id is not old.id or new.at is not old.at or new.action is not old.action
      or new.person_id is not old.person_id or new.subject_id is not old.subject_id
      or (new.detail is not null and new.detail is not old.detail)
      or (new.lead_id is not null and new.lead_id is not old.lead_id)
    begin select raise(abort, '${REFUSAL}'); end`,
];

const ofPostgres = [
  `create function refuse_audit_change() returns trigger language plpgsql as
    $$ begin raise exception '${REFUSAL}'; end $$`,
  `create trigger audit_keeps_rows before delete on audit
    for each row execute function refuse_audit_change()`,
  `create trigger audit_keeps_words before update on audit for each row
    when (new.id is distinct from old.id or new.at is distinct from old.at
      or new.action is distinct from old.action or new.person_id is distinct from old.person_id
      or new.subject_id is distinct from old.subject_id
      or (new.detail is not null and new.detail is distinct from old.detail)
      or (new.lead_id is not null and new.lead_id is distinct from old.lead_id))
    execute function refuse_audit_change()`,
  `create trigger audit_keeps_all before truncate on audit
    for each statement execute function refuse_audit_change()`,
];
