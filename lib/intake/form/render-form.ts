import "server-only";
import { findConsentText } from "@/lib/consent/queries";
import { toShownConsent } from "@/lib/consent/schema";
import type { Db } from "@/lib/db/client";
import type { Entry } from "@/lib/domain/intake/to-entries";
import type { FormLanguage } from "@/lib/domain/lead/fields";
import { listShownFields } from "@/lib/domain/public-form/list-public-fields";
import { say } from "@/lib/domain/public-form/say";
import { getEnv } from "@/lib/env";
import { toTimeToken } from "@/lib/intake/find-suspicion";
import type { WebsiteForm } from "@/lib/intake/schema";
import { listFormFields } from "@/lib/published-mapping/queries";
import { toFormHtml } from "./to-form-html";

type Rendered = {
  language: FormLanguage;
  /** Where the visitor came from. */
  hidden?: readonly Entry[];
  /** What was sent before, and refused. */
  typed?: readonly Entry[];
};

/** The form's HTML as the published mapping and the form's own settings have it. `now` in epoch ms. */
export async function renderForm(
  { id, key, shown, thanks, asksProof, asksConsent }: WebsiteForm,
  { language, hidden = [], typed }: Rendered,
  db: Db,
  now: number,
): Promise<string> {
  const { appUrl, secret } = getEnv();
  const action = `${appUrl}/api/intake/${key}`;
  const consent = asksConsent ? await findConsentText(db) : undefined;
  return toFormHtml({
    action,
    language,
    fields: listShownFields(await listFormFields(db), shown, language),
    consent: toShownConsent(consent, language),
    hidden: [
      { name: "_form", value: language },
      { name: "_time", value: toTimeToken(id, secret, now) },
      ...hidden,
    ],
    typed: typed ?? [],
    isAgain: typed !== undefined,
    data: {
      key,
      sending: say("sending", language),
      again: say("again", language),
      offline: say("offline", language),
      failed: say("not_saved", language),
      thanks: say("thanks", language),
      received: say("received", language),
      to: thanks ?? undefined,
      challenge: asksProof ? `${action}?challenge` : undefined,
    },
  });
}
