import { z } from "zod";
import type { Account } from "./account.ts";
import { type Entity, type Field, field, type Pipeline, pipeline, words } from "./account-parts.ts";

const id = z.number().int();
const entity = z.enum(["leads", "contacts", "companies"]);
const name = z.string().min(1);

/** The arguments of each change in Kommo's settings, by its name. */
export const changes = {
  deleteField: z.strictObject({ entity, id }),
  addField: z.strictObject({ entity, name, type: name, options: z.array(name).default([]) }),
  requireField: z.strictObject({ entity, id, pipelineId: id, statusId: id }),
  addOption: z.strictObject({ entity, fieldId: id, name }),
  renameField: z.strictObject({ entity, id, name }),
  retypeField: z.strictObject({ entity, id, type: name }),
  deleteOption: z.strictObject({ entity, fieldId: id, id }),
  renameOption: z.strictObject({ entity, fieldId: id, id, name }),
  addPipeline: z.strictObject({ name, isUnsortedOn: z.boolean().default(true) }),
  deletePipeline: z.strictObject({ id }),
  archivePipeline: z.strictObject({ id, on: z.boolean().default(true) }),
  renamePipeline: z.strictObject({ id, name }),
  setUnsorted: z.strictObject({ id, on: z.boolean() }),
  deleteUser: z.strictObject({ id }),
  setUserActive: z.strictObject({ id, on: z.boolean() }),
};

type Input<K extends keyof typeof changes> = z.input<(typeof changes)[K]>;

/**
 * Changes that somebody in Kommo makes while we work. Each throws when what it names does not exist.
 * docs/kommo-api.md §3, §4
 */
export function createChanges(account: Account) {
  return {
    deleteField({ entity, id }: Input<"deleteField">): void {
      const field = findField(account, entity, id);
      account.fields[entity] = account.fields[entity].filter((known) => known !== field);
    },
    addField({ entity, name, type, options = [] }: Input<"addField">): number {
      const id = toNextId(account);
      const enums = options.length > 0 ? words(id + 1, options) : undefined;
      account.fields[entity].push(field(entity, id, name, type, { enums }));
      return id;
    },
    requireField({ entity, id, pipelineId, statusId }: Input<"requireField">): void {
      const wanted = { pipeline_id: pipelineId, status_id: statusId };
      findField(account, entity, id).required_statuses.push(wanted);
    },
    addOption({ entity, fieldId, name }: Input<"addOption">): number {
      const field = findField(account, entity, fieldId);
      const id = toNextId(account);
      field.enums = [...(field.enums ?? []), { id, value: name, sort: 500 }];
      return id;
    },
    renameField({ entity, id, name }: Input<"renameField">): void {
      findField(account, entity, id).name = name;
    },
    retypeField({ entity, id, type }: Input<"retypeField">): void {
      Object.assign(findField(account, entity, id), { type, enums: null });
    },
    deleteOption({ entity, fieldId, id }: Input<"deleteOption">): void {
      const field = findField(account, entity, fieldId);
      const option = findOption(field, id);
      field.enums = field.enums?.filter((known) => known !== option) ?? null;
    },
    renameOption({ entity, fieldId, id, name }: Input<"renameOption">): void {
      findOption(findField(account, entity, fieldId), id).value = name;
    },
    addPipeline({ name, isUnsortedOn = true }: Input<"addPipeline">): number {
      const last = Math.max(0, ...account.pipelines.map((known) => known.id));
      const added = pipeline(last + 10, name, 103150000 + last, [["Первичный контакт", "#99ccff"]]);
      account.pipelines.push({ ...added, is_unsorted_on: isUnsortedOn });
      return added.id;
    },
    // Exactly one pipeline is the main one (docs/kommo-api.md §3): the next takes its place.
    deletePipeline({ id }: Input<"deletePipeline">): void {
      const gone = findPipeline(account, id);
      account.pipelines = account.pipelines.filter((known) => known !== gone);
      const [next] = account.pipelines;
      if (gone.is_main && next) next.is_main = true;
    },
    archivePipeline({ id, on = true }: Input<"archivePipeline">): void {
      findPipeline(account, id).is_archive = on;
    },
    renamePipeline({ id, name }: Input<"renamePipeline">): void {
      findPipeline(account, id).name = name;
    },
    setUnsorted({ id, on }: Input<"setUnsorted">): void {
      findPipeline(account, id).is_unsorted_on = on;
    },
    deleteUser({ id }: Input<"deleteUser">): void {
      const gone = findUser(account, id);
      account.users = account.users.filter((known) => known !== gone);
    },
    setUserActive({ id, on }: Input<"setUserActive">): void {
      findUser(account, id).rights.is_active = on;
    },
  };
}

/** Above every id that the fields and their options have. */
function toNextId({ fields }: Account): number {
  const all = Object.values(fields).flat();
  return (
    1000 + Math.max(...all.flatMap(({ id, enums }) => [id, ...(enums ?? []).map((option) => option.id)]))
  );
}

function findField({ fields }: Account, entity: Entity, id: number): Field {
  const field = fields[entity].find((known) => known.id === id);
  if (!field) throw new Error(`There is no field ${id} of ${entity}.`);
  return field;
}

function findOption(field: Field, id: number) {
  const option = field.enums?.find((known) => known.id === id);
  if (!option) throw new Error(`The field ${field.id} has no option ${id}.`);
  return option;
}

function findUser({ users }: Account, id: number) {
  const user = users.find((known) => known.id === id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}

function findPipeline({ pipelines }: Account, id: number): Pipeline {
  const pipeline = pipelines.find((known) => known.id === id);
  if (!pipeline) throw new Error(`There is no pipeline ${id}.`);
  return pipeline;
}
