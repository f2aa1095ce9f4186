import { z } from "zod";
import { parseRecords } from "./parse-records";

export type Connection = {
  baseUrl: string;
  token: string;
  /** When an admin has given it (epoch ms), which a renewal does not change; undefined for that of the settings. */
  setAt?: number | undefined;
  /**
   * What opens the account again after Kommo has refused the token, or does not know the account at this address. Rejects
   * where nothing does. Without it nothing can be done but to ask a person.
   */
  recover?: ((refused: Connection, code: Recoverable) => Promise<Connection>) | undefined;
};

/** The refusals of a connection of OAuth that may pass without a person. */
export type Recoverable = "token_refused" | "account_missing";

/** An integration of Kommo, as its window shows it: `redirectUri` must be the same to the letter (docs/kommo-api.md §7.2). */
export type Integration = { clientId: string; clientSecret: string; redirectUri: string };

/** `livesMs`: how long the access token works; `serverTime` is Kommo's clock (epoch ms), null where it is not told. */
export type Tokens = {
  accessToken: string;
  refreshToken: string;
  livesMs: number;
  serverTime: number | null;
};

export const PAGE = 250;

const DIGITS = /^\d{1,15}$/;

const idSchema = z.union([z.number().int(), z.string().regex(DIGITS).transform(Number)]);
// Kommo shows 255 characters of a name. Names are compared in many ways, none of which is meant for a book.
const LONGEST_WORD = 1000;
const cutSchema = z.string().transform((text) => text.slice(0, LONGEST_WORD));
const wordSchema = z.union([cutSchema, z.number().transform(String)]);
// What is only shown must not cost the record: an unknown shape reads as nothing.
const textSchema = wordSchema.nullish().catch(null);
const numberSchema = z
  .union([z.number(), z.string().regex(DIGITS).transform(Number)])
  .nullish()
  .catch(null);
const flagSchema = z.boolean().nullish().catch(null);
// Parsed record by record, by parseRecords; a list that is left out is empty.
const listSchema = z.unknown().optional();

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
export function toPageSchema(name: string): ReturnType<typeof createPageSchema> {
  const schema = pageSchemas.get(name) ?? createPageSchema(name);
  pageSchemas.set(name, schema);
  return schema;
}

// To make one takes longer than to parse a page with it.
const pageSchemas = new Map<string, ReturnType<typeof createPageSchema>>();

function createPageSchema(name: string) {
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

/** The answer of /leads/complex: a bare list, or one that is embedded (docs/kommo-api.md §5.4). */
export const complexAnswerSchema = z.union([
  z.array(z.unknown()),
  z.object({ _embedded: z.object({ leads: wholeListSchema }) }).transform(({ _embedded }) => _embedded.leads),
]);

/** One lead of it, which may stand for several that were sent. */
export const complexItemSchema = z.object({
  id: idSchema,
  contact_id: idSchema.nullish().catch(null),
  request_id: z.union([z.array(wordSchema), wordSchema.transform((id) => [id])]),
  merged: flagSchema,
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
  updated_at: numberSchema,
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

/**
 * An event of GET /events (docs/kommo-api.md §2.7); what changed is parsed one by one. One that does not say what changed is
 * not understood, as it may be a reference that we look for.
 */
export const eventSchema = z.object({ type: cutSchema, entity_id: idSchema, value_after: z.unknown() });

// These go into columns of whole numbers.
const knownIdSchema = idSchema.nullish().catch(null);

// The years from 2001 to 2286: milliseconds, and what no clock says, are no time.
const timeSchema = z
  .union([z.number(), z.string().regex(DIGITS).transform(Number)])
  .refine((seconds) => seconds >= 1e9 && seconds < 1e10)
  .transform(Math.floor);

/** An event about a lead's way (docs/kommo-api.md §2.7): who made it, and when, in unix seconds. */
export const changeSchema = z.object({
  id: wordSchema,
  type: cutSchema,
  entity_type: textSchema,
  entity_id: idSchema,
  created_by: knownIdSchema,
  created_at: timeSchema,
  value_before: z.unknown(),
  value_after: z.unknown(),
});

/** The stage in such an event. */
export const stageValueSchema = z.object({
  lead_status: z.object({ id: idSchema, pipeline_id: idSchema }),
});

/** A lead of GET /leads with what became of it (docs/kommo-api.md §5.3); times in unix seconds. */
export const leadOutcomeSchema = z.object({
  id: idSchema,
  status_id: knownIdSchema,
  pipeline_id: knownIdSchema,
  updated_at: timeSchema.nullish().catch(null),
  closed_at: timeSchema.nullish().catch(null),
  _embedded: z.object({ loss_reason: z.unknown() }).nullish().catch(null),
});

export const lossReasonSchema = z.object({ name: wordSchema });

/** GET /account?with=is_api_filter_enabled (docs/kommo-api.md §5.5); an account that does not say has them. */
export const filtersSchema = z.object({ id: idSchema, is_api_filter_enabled: flagSchema });

/** What a field was given, in such an event. */
export const fieldChangeSchema = z.object({
  custom_field_value: z.object({ field_id: idSchema, text: wordSchema }),
});

/** A contact of GET /contacts (docs/kommo-api.md §5.1), reduced to whose it is and what a phone is found by. */
export const contactRecordSchema = z.object({
  id: idSchema,
  name: textSchema,
  responsible_user_id: numberSchema,
  custom_fields_values: listSchema,
});

/** A field of that contact, with its values. */
export const fieldValuesSchema = z.object({
  field_code: textSchema,
  values: z
    .array(z.unknown())
    .transform((values) => parseRecords(z.object({ value: wordSchema }), values).records),
});

// What goes into a header.
const secretSchema = z
  .string()
  .max(10_000)
  .regex(/^[\x21-\x7e]+$/);

/** The answer with a pair of tokens (docs/kommo-api.md §7.2); `server_time` in unix seconds. */
export const tokensSchema = z.object({
  access_token: secretSchema,
  refresh_token: secretSchema,
  expires_in: z.coerce
    .number()
    .positive()
    .max(10 * 366 * 86_400)
    .catch(86_400),
  server_time: timeSchema.nullish().catch(null),
});

/** Kommo's words for a refused code or refresh token (docs/kommo-api.md §7.2). */
export const grantProblemSchema = z
  .object({ hint: textSchema, title: textSchema, type: textSchema, detail: textSchema })
  .refine(({ hint, type }) => hint || type?.includes("OAuth"));

/** Where an account is today (docs/kommo-api.md §7.3). */
export const hostAnswerSchema = z.object({ id: idSchema, domain: z.string().min(1).max(260) });

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
  type: cutSchema,
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
  _embedded: z.object({ groups: listSchema }).nullish().catch(null),
});

/** A group of users (docs/kommo-api.md §6), which a user has with `with=group`. */
export const groupSchema = z.object({ id: idSchema, name: wordSchema });

/** A tag of GET /leads/tags (docs/kommo-api.md §6). */
export const tagSchema = z.object({ id: idSchema, name: wordSchema, color: textSchema });

/** Why an item is refused. Only the code must be there. */
const reasonSchema = z.object({
  code: wordSchema,
  path: textSchema.transform((path) => path ?? ""),
  detail: textSchema,
});

/** Kommo's validation envelope (docs/kommo-api.md §1.3): one group for each refused item. */
export const refusalSchema = z.object({
  "validation-errors": z
    .array(
      z.object({
        request_id: wordSchema.nullish().transform((id) => id ?? undefined),
        errors: z.array(reasonSchema).min(1),
      }),
    )
    .min(1),
});
export type Refusal = z.infer<typeof refusalSchema>["validation-errors"];
