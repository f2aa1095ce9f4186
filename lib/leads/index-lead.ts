import "server-only";
import type { CountryCode } from "libphonenumber-js";
import type { Db } from "@/lib/db/client";
import { toNameKey } from "@/lib/db/lead-keys";
import { forgetWords, learnWords } from "@/lib/db/name-parts";
import { writeLeadKeys } from "@/lib/db/write-lead-keys";

/** In the transaction of every change of a lead's words: what it is found by follows what it says. */
export async function indexLead(id: string, country: CountryCode, tx: Db): Promise<void> {
  const lead = await tx
    .selectFrom("leads")
    .select([
      "id",
      "author_id",
      "created_at",
      "name",
      "surname",
      "phone",
      "phone_raw",
      "telegram",
      "email",
      "name_key",
    ])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  await writeLeadKeys([lead], tx, country);
  await learnWords([toNameKey(lead)], tx);
  await forgetWords([lead.name_key], tx);
}
