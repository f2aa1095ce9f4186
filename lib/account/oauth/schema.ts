import * as z from "zod/mini";
import { newConnectionSchema } from "@/lib/connection/schema";
import { limitedText } from "@/lib/domain/text";

const LONGEST_CODE = 5000;

const idSchema = limitedText(200, "client_id_invalid").check(
  z.trim(),
  z.regex(/^[\w-]{8,200}$/, "client_id_invalid"),
);
/** Empty for the secret that is kept already. */
const secretSchema = limitedText(500, "client_secret_invalid").check(
  z.trim(),
  z.regex(/^(?:[\x21-\x7e]{8,500})?$/, "client_secret_invalid"),
);
const addressSchema = limitedText(500, "redirect_uri_invalid").check(
  z.trim(),
  z.regex(/^https?:\/\/[^\s]+$/, "redirect_uri_invalid"),
);

/** An integration as its window in Kommo shows it. Left out, it is the one that is known already. */
const integrationSchema = z.object({
  clientId: idSchema,
  clientSecret: secretSchema,
  redirectUri: addressSchema,
});

const connectedSchema = z.object({
  subdomain: newConnectionSchema.shape.subdomain,
  integration: z.optional(integrationSchema),
});

/** The code of 20 minutes, as it was copied from Kommo's window. */
export const newCodeSchema = z.extend(connectedSchema, {
  code: limitedText(LONGEST_CODE, "code_invalid").check(
    z.trim(),
    z.regex(/^[\x21-\x7e]{20,5000}$/, "code_invalid"),
  ),
});
export type NewCode = z.output<typeof newCodeSchema>;

/** Without an address Kommo's own page lets the admin choose the account. */
export const newStartSchema = z.extend(connectedSchema, {
  subdomain: z.optional(newConnectionSchema.shape.subdomain),
});
export type NewStart = z.output<typeof newStartSchema>;

const parameter = (longest: number) => z.catch(z.optional(limitedText(longest)), undefined);

/** What Kommo's page comes back with (docs/kommo-api.md §7.2); whatever cannot be right is not there. */
export const returnedSchema = z.object({
  state: parameter(200),
  code: parameter(LONGEST_CODE),
  referer: parameter(300),
  client_id: parameter(200),
  error: parameter(200),
});
export type Returned = z.output<typeof returnedSchema>;

/** What Kommo's hook says (docs/kommo-api.md §7.4); an older line of the documents calls the id `client_id`. */
export const disabledSchema = z.object({
  account_id: parameter(20),
  client_uuid: parameter(200),
  client_id: parameter(200),
  signature: parameter(200),
});
export type DisabledHook = z.output<typeof disabledSchema>;
