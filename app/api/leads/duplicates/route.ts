import { currentUser } from "@/lib/auth/session";
import { countRequest, findDuplicates } from "@/lib/duplicates/queries";
import { typedSchema } from "@/lib/duplicates/schema";

/** Possible duplicates while a person types. A late answer is useless. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (!countRequest(user.id)) return refuse("too_many_requests", 429);
  const typed = typedSchema.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!typed.success) return refuse("invalid", 400);
  if (request.signal.aborted) return new Response(null, { status: 499 });

  return Response.json(await findDuplicates(typed.data, user), { headers: { "cache-control": "no-store" } });
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
