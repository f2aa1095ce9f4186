import "server-only";
import { tellTime } from "@/lib/clock";
import { type Catalogue, catalogueSchema } from "@/lib/domain/mapping/catalogue";
import { getAccount, listFields, listPipelines, listTags, listUsers } from "@/lib/kommo/catalogue";
import type { ReadOptions } from "@/lib/kommo/read-page";

/** Everything that Kommo lists of the account, in about eight requests. Throws what readPage throws. */
export async function fetchCatalogue(options: ReadOptions, now: () => number = tellTime): Promise<Catalogue> {
  const account = await getAccount(options);
  const { pipelines, ...stages } = await listPipelines(options);
  const leads = await listFields("leads", options);
  const contacts = await listFields("contacts", options);
  const companies = await listFields("companies", options);
  const { users, ...people } = await listUsers(options);
  const { tags, ...labels } = await listTags(options);
  const toCount = ({ total, fields }: typeof leads) => ({ have: fields.length, total });
  return catalogueSchema.parse({
    fetchedAt: now(),
    account,
    pipelines,
    counts: { leads: toCount(leads), contacts: toCount(contacts), companies: toCount(companies) },
    fields: [...leads.fields, ...contacts.fields, ...companies.fields],
    users,
    tags,
    skipped: [stages, leads, contacts, companies, people, labels].flatMap(({ skipped }) => skipped),
  });
}
