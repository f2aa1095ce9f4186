import "server-only";
import { type Catalogue, catalogueSchema } from "@/lib/domain/mapping/catalogue";
import { getAccount, listFields, listPipelines, listTags, listUsers } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";

/** Everything that Kommo lists of the account, in about eight requests. Throws what callKommo throws. */
export async function fetchCatalogue(options: CallOptions, now: () => number = Date.now): Promise<Catalogue> {
  const account = await getAccount(options);
  const pipelines = await listPipelines(options);
  const leads = await listFields("leads", options);
  const contacts = await listFields("contacts", options);
  const companies = await listFields("companies", options);
  const toCount = ({ total, fields }: typeof leads) => ({ have: fields.length, total });
  return catalogueSchema.parse({
    fetchedAt: now(),
    account,
    pipelines,
    counts: { leads: toCount(leads), contacts: toCount(contacts), companies: toCount(companies) },
    fields: [...leads.fields, ...contacts.fields, ...companies.fields],
    users: await listUsers(options),
    tags: await listTags(options),
  });
}
