import { z } from "zod";
import { parseRecords } from "./parse-records";

export type Connection = { baseUrl: string; token: string };

export const PAGE = 250;

const DIGITS = /^\d{1,15}$/;

const idSchema = z.union([z.number().int(), z.string().regex(DIGITS).transform(Number)]);
const wordSchema = z.union([z.string(), z.number().transform(String)]);
// What is only shown must not cost the record: an unknown shape reads as nothing.
const textSchema = wordSchema.nullish().catch(null);
const numberSchema = z
  .union([z.number(), z.string().regex(DIGITS).transform(Number)])
  .nullish()
  .catch(null);
const flagSchema = z.boolean().nullish().catch(null);
// Parsed record by record, by parseRecords.
const listSchema = z.unknown();

const stubSchema = z.object({ id: idSchema });

const stubsSchema = z
  .array(z.unknown())
  .catch([])
  .transform((stubs) => parseRecords(stubSchema, stubs).records);

const linkedSchema = z.object({ leads: stubsSchema, contacts: stubsSchema }).partial().nullish().catch(null);

const wholeListSchema = z.union([
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()).transform((list) => Object.values(list)),
]);

/**
 * A page of a list, its records not parsed yet; null is Kommo's empty 204 (docs/kommo-api.md §15). PHP writes an empty
 * object as `[]`, and a list with gaps as an object. Where the links cannot be read, a full page has a next one.
 */
export function toPageSchema(name: string) {
  return z
    .object({
      _total_items: z.number().optional().catch(undefined),
      _links: z
        .object({ next: z.object({ href: z.string() }).nullish() })
        .nullish()
        .catch(null),
      _embedded: z.union([
        z.object({ [name]: wholeListSchema }),
        z.array(z.never()).transform((): Record<string, unknown[]> => ({})),
      ]),
    })
    .nullable()
    .transform((page) => {
      const list = page?._embedded[name] ?? [];
      const hasNext = page?._links ? Boolean(page._links.next) : list.length >= PAGE;
      return { list, hasNext, total: page?._total_items };
    });
}

/**
 * An item of the answer to the POST (docs/kommo-api.md §1.2). The caller decides what it means that something is missing:
 * without a lead id it is no success.
 */
export const sentItemSchema = z.object({
  uid: textSchema,
  request_id: textSchema,
  _embedded: linkedSchema,
});

/**
 * An incoming lead of GET /leads/unsorted (docs/kommo-api.md §2.1), `created_at` in unix seconds as its sender gave it.
 * One without a lead is not understood, nor is one that shows neither our id nor its time.
 */
export const incomingSchema = z
  .object({
    uid: textSchema,
    source_uid: textSchema,
    created_at: numberSchema,
    metadata: z.object({ form_page: textSchema }).nullish().catch(null),
    _embedded: z.object({
      leads: stubsSchema.refine((leads) => leads.length > 0),
      contacts: stubsSchema.optional(),
    }),
  })
  .refine(({ source_uid, metadata, created_at }) => source_uid ?? metadata?.form_page ?? created_at);

/** A lead of GET /leads (docs/kommo-api.md §5.3); a deleted one has its id and little else (docs/kommo-api.md §2.7). */
export const leadRecordSchema = z.object({
  id: idSchema,
  name: textSchema,
  created_at: numberSchema,
  pipeline_id: numberSchema,
  status_id: numberSchema,
  _embedded: linkedSchema,
});

/** The same lead with its custom fields, which are parsed one by one. */
export const leadWithFieldsSchema = leadRecordSchema.extend({
  custom_fields_values: wholeListSchema.nullish().catch(null),
});

/** A field of that lead, with its texts. */
export const leadFieldSchema = z.object({
  field_id: idSchema,
  values: wholeListSchema.transform(
    (values) => parseRecords(z.object({ value: wordSchema }), values).records,
  ),
});

/** A contact of GET /contacts (docs/kommo-api.md §5.1), reduced to what a phone is found by. */
export const contactRecordSchema = z.object({ id: idSchema, custom_fields_values: listSchema });

/** A field of that contact, with its values. */
export const fieldValuesSchema = z.object({
  field_code: textSchema,
  values: z
    .array(z.unknown())
    .transform((values) => parseRecords(z.object({ value: wordSchema }), values).records),
});

/** GET /account (docs/kommo-api.md §6): the cheapest question that a working token answers. */
export const accountAnswerSchema = z.object({
  id: idSchema,
  name: textSchema,
  subdomain: textSchema,
  currency: textSchema,
  _embedded: z
    .object({ datetime_settings: z.object({ timezone: textSchema }).nullish() })
    .nullish()
    .catch(null),
});

/** A field of GET /{entity}/custom_fields (docs/kommo-api.md §4). */
export const fieldRecordSchema = z.object({
  id: idSchema,
  name: textSchema,
  type: z.string(),
  code: textSchema,
  group_id: textSchema,
  is_api_only: flagSchema,
  is_computed: flagSchema,
  required_statuses: listSchema,
  enums: listSchema,
});

export const requiredSchema = z.object({ pipeline_id: idSchema, status_id: idSchema });

export const optionRecordSchema = z.object({
  id: idSchema,
  value: wordSchema,
  sort: numberSchema,
  code: textSchema,
});

/** A pipeline of GET /leads/pipelines (docs/kommo-api.md §3), which is always the whole list. */
export const pipelineRecordSchema = z.object({
  id: idSchema,
  name: textSchema,
  sort: numberSchema,
  is_main: flagSchema,
  is_unsorted_on: flagSchema,
  is_archive: flagSchema,
  _embedded: z.object({ statuses: listSchema }).nullish().catch(null),
});

export const stageRecordSchema = z.object({
  id: idSchema,
  type: idSchema,
  name: textSchema,
  sort: numberSchema,
  color: textSchema,
});

/** A person of GET /users (docs/kommo-api.md §6): for an admin's token only. */
export const userSchema = z.object({
  id: idSchema,
  name: wordSchema,
  email: textSchema,
  rights: z.object({ is_admin: flagSchema, is_active: flagSchema }).nullish().catch(null),
});

/** A tag of GET /leads/tags (docs/kommo-api.md §6). */
export const tagSchema = z.object({ id: idSchema, name: wordSchema, color: textSchema });

/** Kommo's validation envelope (docs/kommo-api.md §1.3): one group for each refused item. */
export const refusalSchema = z.object({
  "validation-errors": z
    .array(
      z.object({
        request_id: z.coerce.string().optional(),
        errors: z.array(
          z.object({ code: z.string(), path: z.string().default(""), detail: z.string().optional() }),
        ),
      }),
    )
    .min(1),
});
export type Refusal = z.infer<typeof refusalSchema>["validation-errors"];
