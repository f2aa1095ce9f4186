import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

const tagSchema = z.object({ id: z.number(), name: z.string() });

const valueSchema = z.object({
  value: z.unknown(),
  enum_id: z.number().optional(),
  enum_code: z.string().nullable().optional(),
});

const fieldValuesSchema = z.object({
  field_id: z.number(),
  field_name: z.string(),
  field_code: z.string().nullable(),
  field_type: z.string(),
  values: z.array(valueSchema),
});

const recordSchema = z.object({
  id: z.number(),
  name: z.string(),
  responsible_user_id: z.number(),
  created_at: z.number(),
  updated_at: z.number(),
  custom_fields_values: z.array(fieldValuesSchema),
  tags: z.array(tagSchema),
});

const leadSchema = recordSchema.extend({
  price: z.number(),
  pipeline_id: z.number(),
  status_id: z.number(),
  is_deleted: z.boolean(),
  contact_id: z.number().nullable(),
});

const contactSchema = recordSchema.extend({
  first_name: z.string(),
  last_name: z.string(),
  is_unsorted: z.boolean(),
});

const incomingSchema = z.object({
  uid: z.string(),
  request_id: z.string(),
  source_uid: z.string(),
  source_name: z.string(),
  pipeline_id: z.number(),
  created_at: z.number(),
  metadata: z.record(z.string(), z.unknown()),
  lead_id: z.number(),
  contact_id: z.number().nullable(),
  outcome: z.enum(["incoming", "accepted", "declined"]),
  received_at: z.number(),
  item: z.unknown(),
});

const stateSchema = z.object({
  nextId: z.number(),
  leads: z.array(leadSchema),
  contacts: z.array(contactSchema),
  tags: z.array(tagSchema),
  incoming: z.array(incomingSchema),
});

export type Tag = z.infer<typeof tagSchema>;
export type FieldValues = z.infer<typeof fieldValuesSchema>;
export type Lead = z.infer<typeof leadSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Incoming = z.infer<typeof incomingSchema>;
export type State = z.infer<typeof stateSchema>;
export type Store = { state: State; save(): Promise<void> };

/** Opens the account's records. `save` resolves once everything changed before the call is in the file; calls are gathered. */
export function openStore(file?: string): Store {
  const state =
    file && existsSync(file) ? stateSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : empty();
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;

  function save(): Promise<void> {
    if (!file) return last;
    waiting ??= last
      .catch(() => {})
      .then(() => {
        waiting = undefined;
        return write(file, state);
      });
    last = waiting;
    return last;
  }

  return { state, save };
}

function empty(): State {
  return { nextId: 8_876_820, leads: [], contacts: [], tags: [], incoming: [] };
}

async function write(file: string, state: State): Promise<void> {
  const text = JSON.stringify(state);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
