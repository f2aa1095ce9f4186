import "server-only";
import type { Db } from "@/lib/db/client";
import type { Consent } from "@/lib/domain/lead/consent";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import { toCountry } from "@/lib/domain/lead/phone";
import type { Lead } from "@/lib/domain/lead/schema";
import type { Suspicion } from "@/lib/domain/lead/states";
import { toSavedCustom } from "@/lib/domain/mapping/form/check-custom";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { indexNewLeads } from "./index-lead";
import { toConsentColumns, toNewRow, toRow } from "./lead-row";
import { saveNew } from "./transitions";

type Reception = {
  authorId: string;
  form: Pick<FormFields, "custom" | "defaultCountry">;
  /** Of the form, where its sender tells it. */
  language?: FormLanguage;
  /** Why somebody has to look at it first. */
  suspicion?: Suspicion;
  consent?: Consent;
};

/**
 * A lead that came through a website form, in the caller's transaction. It has no hold, as nobody could undo it. Answers
 * whether it is new: an id that is there already changes nothing.
 */
export async function receiveLead(
  lead: Lead,
  { authorId, form, language, suspicion, consent }: Reception,
  tx: Db,
  now: number,
): Promise<boolean> {
  const country = toCountry(form.defaultCountry);
  const words = toRow({ ...lead, custom: toSavedCustom(lead.custom ?? {}, form) }, country);
  const typed = { ...words, ...toConsentColumns(consent) };
  const came = { through: "website", language, problem: suspicion };
  const row = { ...toNewRow(typed, authorId, now), ...came };
  const isNew = (await saveNew([row], suspicion ? "to_check" : "held", tx)).has(row.id);
  if (isNew) await indexNewLeads([{ row, country }], tx);
  return isNew;
}
