import { currentUser } from "@/lib/auth/session";
import { countStuck, toScope } from "@/lib/leads/queries";

/** How many leads wait for a person, among those that the person sees. */
export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  return Response.json({ count: await countStuck(toScope(user)) });
}
