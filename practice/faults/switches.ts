import { z } from "zod";

/** What nobody could try against the real Kommo, each with the default that the document gives. docs/kommo-api.md §14 */
export const switchesSchema = z.strictObject({
  /** How a path in an unsorted validation error begins: `source_name`, `0.source_name`, or no path at all. */
  errorPaths: z.enum(["plain", "indexed", "none"]).default("plain"),
  /** Off: a validation error does not say which item it means. */
  errorRequestIds: z.boolean().default(true),
  formPageRequired: z.boolean().default(false),
  unknownMetadataKey: z
    .enum(["FieldNotExpected", "NotSupportedChoice", "ignored"])
    .default("FieldNotExpected"),
  /** A contact that an item names by its id: linked, refused as an unknown key, or passed over for a new one. */
  contactId: z.enum(["linked", "refused", "ignored"]).default("linked"),
  leadPipelineFallback: z.boolean().default(true),
  /** A lead for a pipeline without the incoming stage: refused, or put into the first ordinary stage. */
  unsortedOff: z.enum(["refused", "first-stage"]).default("refused"),
  /** What GET of an accepted or declined uid answers. */
  processedUid: z.union([z.literal(204), z.literal(404)]).default(204),
  summaryByUid: z.boolean().default(true),
  tooMany: z.enum(["json", "html"]).default("json"),
  /** Seconds, as in the body of a 429. */
  retryAfter: z.number().default(300),
  /** Milliseconds until a contact made visible is found by `query`. */
  contactLagMs: z.number().default(0),
  /** Milliseconds until a new item is in the incoming list. */
  listLagMs: z.number().default(0),
  /** Milliseconds until a new lead is in the list of leads. */
  leadLagMs: z.number().default(0),
  /** A larger batch meets the gateway's 504, and nothing of it is applied; null takes what the document allows. */
  mostItems: z.number().nullable().default(null),
  /** Whether the events tell the values with which a lead was created. */
  createdValuesTold: z.boolean().default(true),
  /** Who is responsible once a lead was accepted: whom it was sent with, who accepts it, or nobody. docs/kommo-api.md §2.3 */
  responsibleAfterAccept: z.enum(["kept", "acceptor", "none"]).default("kept"),
  /** Off: an account without the add-on, in which the filters of leads, contacts and companies are ignored. docs/kommo-api.md §5.5 */
  filters: z.boolean().default(true),
  /** Off: the filters of events are ignored, too. */
  eventFilters: z.boolean().default(true),
  eventOrder: z.enum(["newest", "oldest", "shuffled"]).default("newest"),
  /** Milliseconds until an event is listed. */
  eventLagMs: z.number().default(0),
  /** On: what happens meanwhile is never listed among the events. */
  eventsLost: z.boolean().default(false),
  /** Every event is listed twice. */
  eventsRepeated: z.boolean().default(false),
  /** Whether accepting writes a change of the stage, and declining a deletion. docs/kommo-api.md §14 */
  acceptTold: z.boolean().default(true),
  declineTold: z.boolean().default(true),
  /** How often each hook is sent. */
  hookTimes: z.number().int().min(0).default(1),
  sourceUidReturned: z.boolean().default(true),
  formPageReturned: z.boolean().default(true),
  /** Milliseconds after which BIG DATA merges an incoming lead into an earlier one of the same person; null never does. */
  mergeAfterMs: z.number().nullable().default(null),
  /** Partial: the valid items of a refused batch are created all the same. */
  batch: z.enum(["atomic", "partial"]).default("atomic"),
  /** Whether the integration's box for duplicate control is ticked: it concerns /leads/complex only. docs/kommo-api.md §10 */
  duplicateControl: z.boolean().default(true),
  /** Leads of one request to /leads/complex that are duplicates of each other: apart, or joined to one. docs/kommo-api.md §5.4 */
  duplicatesOfRequest: z.enum(["apart", "joined"]).default("apart"),
  /** Every list that is read begins with records of a shape that no document describes. */
  oddRecords: z.boolean().default(false),
  /** The ids in lists are texts of digits. */
  textIds: z.boolean().default(false),
  tokenIsAdmin: z.boolean().default(true),
  tokenRevoked: z.boolean().default(false),
  planUnpaid: z.boolean().default(false),
  /** What the address of before answers once the account was renamed. docs/kommo-api.md §7.3 */
  oldHost: z.enum(["401", "404", "redirect"]).default("401"),
  /** What an access token may do: `crm` is the account's data. docs/kommo-api.md §7.2 */
  scopes: z.array(z.string()).default(["crm", "notifications"]),
  /** Whether the answer with tokens tells Kommo's time, as newer documents have it. */
  serverTimeTold: z.boolean().default(true),
});

export type Switches = z.infer<typeof switchesSchema>;
