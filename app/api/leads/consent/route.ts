import { currentUser } from "@/lib/auth/session";
import { findAskedConsent } from "@/lib/consent/queries";
import { toShownConsent } from "@/lib/consent/schema";
import { getLocale } from "@/lib/preferences/queries";

/** What the form has to ask for now; the page may have been opened before. */
export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  const consent = toShownConsent(await findAskedConsent(), await getLocale());
  return Response.json({ consent }, { headers: { "cache-control": "no-store" } });
}
