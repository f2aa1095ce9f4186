import "server-only";
import { z } from "zod";
import { type Db, getDb } from "@/lib/db/client";
import { pipelineSchema } from "@/lib/domain/mapping/catalogue";
import { type Stages, toStages } from "@/lib/domain/outcome/stages";

/** What the catalogue calls the stages and the users of the account; `users` is empty where they may not be read. */
export type KommoNames = { stages: Stages; users: ReadonlyMap<number, string> };

const namedSchema = z.object({
  pipelines: z.array(pipelineSchema),
  users: z.array(z.object({ id: z.number(), name: z.string() })).catch([]),
});

const last = new WeakMap<Db, { fetchedAt: number | null; names: KommoNames }>();

/** Asked with each list of leads: the catalogue, which may be large, is read only when there is another one. */
export async function findKommoNames(db: Db = getDb()): Promise<KommoNames> {
  const row = await db.selectFrom("catalogues").select("fetched_at").executeTakeFirst();
  const fetchedAt = row?.fetched_at ?? null;
  const known = last.get(db);
  if (known?.fetchedAt === fetchedAt) return known.names;
  const names = await readNames(db);
  last.set(db, { fetchedAt, names });
  return names;
}

async function readNames(db: Db): Promise<KommoNames> {
  const row = await db.selectFrom("catalogues").select("body").executeTakeFirst();
  if (!row?.body) return { stages: new Map(), users: new Map() };
  const { pipelines, users } = namedSchema.parse(JSON.parse(row.body));
  return { stages: toStages(pipelines), users: new Map(users.map(({ id, name }) => [id, name])) };
}
