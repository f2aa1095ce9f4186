import { currentUser } from "@/lib/auth/session";
import { askKommo } from "@/lib/known/ask-kommo";
import { mayAsk } from "@/lib/known/may-ask";
import { phoneSchema } from "@/lib/known/schema";

/** Kommo's contacts with a phone, once it is typed to the end; Kommo's silence is an answer too. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (!mayAsk(`${user.id} kommo`)) return refuse("too_many_requests", 429);
  const phone = phoneSchema.safeParse(new URL(request.url).searchParams.get("phone"));
  if (!phone.success) return refuse("invalid", 400);

  const known = await askKommo(phone.data, request.signal);
  return Response.json(known, { headers: { "cache-control": "no-store" } });
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
