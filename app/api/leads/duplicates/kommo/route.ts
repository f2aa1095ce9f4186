import { findAccountContacts } from "@/lib/account/queries";
import { currentUser } from "@/lib/auth/session";
import { phoneSchema } from "@/lib/duplicates/schema";

/** Kommo's contacts with a complete phone number. Kommo not answering is a valid result too. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  const phone = phoneSchema.safeParse(new URL(request.url).searchParams.get("phone"));
  if (!phone.success) return refuse("invalid", 400);

  const found = await findAccountContacts(phone.data, user, request.signal);
  if (!found) return refuse("too_many_requests", 429);
  return Response.json(found, { headers: { "cache-control": "no-store" } });
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
