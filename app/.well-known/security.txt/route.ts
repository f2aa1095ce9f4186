import { getEnv } from "@/lib/env";

// RFC 9116 asks for less than a year.
const VALID_MS = 180 * 24 * 60 * 60 * 1000;

/** Where to report a vulnerability (RFC 9116). Without SECURITY_CONTACT the page does not exist. */
export async function GET(): Promise<Response> {
  const { securityContact, appUrl } = getEnv();
  if (!securityContact) return new Response("Not found", { status: 404 });

  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${new Date(Date.now() + VALID_MS).toISOString()}`,
    "Preferred-Languages: en, ru",
    // The RFC takes no other addresses here.
    ...(appUrl.startsWith("https:") ? [`Canonical: ${appUrl}/.well-known/security.txt`] : []),
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
