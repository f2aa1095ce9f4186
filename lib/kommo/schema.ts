import { z } from "zod";

export type Connection = { baseUrl: string; token: string };

const stub = z.object({ id: z.number().int() });

/**
 * The answer to the POST (docs/kommo-api.md §1.2). What an item lacks is judged by the caller: without a lead id
 * it is no success.
 */
export const sentAnswerSchema = z.object({
  _embedded: z.object({
    unsorted: z.array(
      z.object({
        uid: z.string().optional(),
        request_id: z.coerce.string().optional(),
        _embedded: z
          .object({ leads: z.array(stub).default([]), contacts: z.array(stub).default([]) })
          .optional(),
      }),
    ),
  }),
});

/**
 * A page of GET /leads/unsorted, newest first whatever the order asked for (docs/kommo-api.md §2.1); null is
 * Kommo's empty 204.
 */
export const incomingPageSchema = z
  .object({
    _links: z.object({ next: z.object({ href: z.string() }).optional() }).optional(),
    _embedded: z.object({
      unsorted: z.array(
        z.object({
          uid: z.string(),
          source_uid: z.string().nullish(),
          created_at: z.number(),
          metadata: z.object({ form_page: z.string().nullish() }).nullish(),
          _embedded: z
            .object({ leads: z.array(stub).default([]), contacts: z.array(stub).default([]) })
            .optional(),
        }),
      ),
    }),
  })
  .nullable();

const statusSchema = z.object({
  id: z.number().int(),
  type: z.number().int(),
  name: z.string(),
  sort: z.number().nullish(),
  color: z.string().nullish(),
});

/**
 * A page of GET /leads (docs/kommo-api.md §5.3); a deleted lead has its id and little else
 * (docs/kommo-api.md §2.7).
 */
export const leadsPageSchema = z
  .object({
    _links: z.object({ next: z.object({ href: z.string() }).optional() }).optional(),
    _embedded: z.object({
      leads: z.array(
        z.object({
          id: z.number().int(),
          name: z.string().nullish(),
          created_at: z.number().nullish(),
          pipeline_id: z.number().nullish(),
          status_id: z.number().nullish(),
          _embedded: z.object({ contacts: z.array(stub).optional() }).optional(),
        }),
      ),
    }),
  })
  .nullable();

/** A page of GET /contacts (docs/kommo-api.md §5.1), reduced to what a phone is found by. */
export const contactsPageSchema = z
  .object({
    _embedded: z.object({
      contacts: z.array(
        z.object({
          id: z.number().int(),
          custom_fields_values: z
            .array(
              z.object({
                field_code: z.string().nullish(),
                values: z.array(z.object({ value: z.unknown() })),
              }),
            )
            .nullish(),
        }),
      ),
    }),
  })
  .nullable();

/** GET /account (docs/kommo-api.md §6): the cheapest question that a working token answers. */
export const accountAnswerSchema = z.object({
  id: z.number().int(),
  name: z.string().nullish(),
  subdomain: z.string().nullish(),
  currency: z.string().nullish(),
  _embedded: z
    .object({ datetime_settings: z.object({ timezone: z.string().nullish() }).nullish() })
    .nullish(),
});

const nextSchema = z.object({ next: z.object({ href: z.string() }).optional() }).optional();

/** A page of GET /{entity}/custom_fields (docs/kommo-api.md §4). */
export const fieldsPageSchema = z
  .object({
    _total_items: z.number().optional(),
    _links: nextSchema,
    _embedded: z.object({
      custom_fields: z.array(
        z.object({
          id: z.number().int(),
          name: z.string(),
          type: z.string(),
          code: z.string().nullish(),
          group_id: z.coerce.string().nullish(),
          is_api_only: z.boolean().nullish(),
          is_computed: z.boolean().nullish(),
          required_statuses: z
            .array(z.object({ pipeline_id: z.number().int(), status_id: z.number().int() }))
            .nullish(),
          enums: z
            .array(
              z.object({
                id: z.number().int(),
                value: z.string(),
                sort: z.number().nullish(),
                code: z.string().nullish(),
              }),
            )
            .nullish(),
        }),
      ),
    }),
  })
  .nullable();

/** GET /leads/pipelines (docs/kommo-api.md §3): always the whole list. */
export const pipelinesSchema = z.object({
  _embedded: z.object({
    pipelines: z.array(
      z.object({
        id: z.number().int(),
        name: z.string(),
        sort: z.number().nullish(),
        is_main: z.boolean(),
        is_unsorted_on: z.boolean().nullish(),
        is_archive: z.boolean().nullish(),
        _embedded: z.object({ statuses: z.array(statusSchema) }),
      }),
    ),
  }),
});

/** A page of GET /users (docs/kommo-api.md §6): for an admin's token only. */
export const usersPageSchema = z
  .object({
    _links: nextSchema,
    _embedded: z.object({
      users: z.array(
        z.object({
          id: z.number().int(),
          name: z.string(),
          email: z.string().nullish(),
          rights: z.object({ is_admin: z.boolean().nullish(), is_active: z.boolean().nullish() }).nullish(),
        }),
      ),
    }),
  })
  .nullable();

/** A page of GET /leads/tags (docs/kommo-api.md §6). */
export const tagsPageSchema = z
  .object({
    _links: nextSchema,
    _embedded: z.object({
      tags: z.array(z.object({ id: z.number().int(), name: z.string(), color: z.string().nullish() })),
    }),
  })
  .nullable();

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
