import * as z from "zod/mini";

const KOMMO_HOST = /^([^.]+)\.(?:kommo\.com|amocrm\.ru)$/;

export const entities = ["leads", "contacts", "companies"] as const;
export type Entity = (typeof entities)[number];

const id = z.int();

export const accountSchema = z.object({
  id: z.int(),
  name: z.string(),
  subdomain: z.string(),
  currency: z.nullable(z.string()),
  timeZone: z.nullable(z.string()),
});
export type Account = z.infer<typeof accountSchema>;

export const stageSchema = z.object({
  id,
  name: z.string(),
  sort: z.number(),
  color: z.string(),
  kind: z.enum(["incoming", "won", "lost", "open"]),
});

/** `takesIncoming`: the pipeline has an incoming stage, and it is switched on. */
export const pipelineSchema = z.object({
  id,
  name: z.string(),
  sort: z.number(),
  isMain: z.boolean(),
  isArchived: z.boolean(),
  takesIncoming: z.boolean(),
  stages: z.array(stageSchema),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

export const optionSchema = z.object({
  id,
  value: z.string(),
  sort: z.number(),
  code: z.nullable(z.string()),
});
export type Option = z.infer<typeof optionSchema>;

export const fieldSchema = z.object({
  id,
  entity: z.enum(entities),
  name: z.string(),
  /** Kommo's type: text, numeric, select, multitext, tracking_data… (docs/kommo-api.md §4) */
  type: z.string(),
  code: z.nullable(z.string()),
  group: z.nullable(z.string()),
  isApiOnly: z.boolean(),
  isComputed: z.boolean(),
  requiredIn: z.array(z.object({ pipelineId: id, stageId: id })),
  options: z.array(optionSchema),
});
export type Field = z.infer<typeof fieldSchema>;

const userSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  isActive: z.boolean(),
  group: z._default(z.nullable(z.string()), null),
});

const countSchema = z.object({ have: z.number(), total: z.number() });

export const skippedKinds = ["pipeline", "stage", "field", "option", "user", "tag"] as const;

/** A record of Kommo that could not be parsed. `parentId` is an option's field or a stage's pipeline. */
export const skippedSchema = z.object({
  kind: z.enum(skippedKinds),
  id: z.nullable(z.string()),
  entity: z.nullable(z.enum(entities)),
  parentId: z.nullable(id),
});
export type Skipped = z.infer<typeof skippedSchema>;

/** Everything that we read of an account. `fetchedAt` is epoch milliseconds. */
export const catalogueSchema = z.object({
  fetchedAt: z.number(),
  account: accountSchema,
  counts: z.object({ leads: countSchema, contacts: countSchema, companies: countSchema }),
  pipelines: z.array(pipelineSchema),
  fields: z.array(fieldSchema),
  /** Only an admin's token may list users (docs/kommo-api.md §6). */
  users: z.union([z.array(userSchema), z.object({ refused: z.literal(true) })]),
  tags: z.array(z.object({ id, name: z.string(), color: z.nullable(z.string()) })),
  skipped: z._default(z.array(skippedSchema), []),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

/** Settings may change while Kommo is unreachable. A practice Kommo may have any address. */
export function isAccountAt({ subdomain }: Pick<Account, "subdomain">, baseUrl: string): boolean {
  const [, own] = KOMMO_HOST.exec(new URL(baseUrl).hostname) ?? [];
  return own === undefined || subdomain === "" || own === subdomain.toLowerCase();
}
