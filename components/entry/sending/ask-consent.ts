import type { Dispatch } from "@/components/entry/entry-state";
import type { LeadForm } from "@/components/entry/typed-lead";
import { callServer } from "@/components/server/call-server";
import type { FormFields } from "@/lib/domain/mapping/schema";

/**
 * Shows what has to be agreed to now: the text may be newer than the page, and a correction that becomes a lead of its own
 * was not asked before.
 */
export async function askConsent(form: LeadForm, dispatch: Dispatch): Promise<void> {
  form.setValue("consent_version", undefined);
  const path = "/api/leads/consent";
  const answer = await callServer<{ consent?: FormFields["consent"] }>({ route: { path, method: "GET" } });
  if (answer.ok) dispatch({ type: "consent_asked", consent: answer.value.consent });
}
