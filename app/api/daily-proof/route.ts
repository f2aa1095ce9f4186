import { currentUser, logForbidden } from "@/lib/auth/session";
import { getProofPage } from "@/lib/daily-proof/queries";
import { proofAddressSchema } from "@/lib/daily-proof/schema";

/** What the page of a day shows, while its proof is made. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return refuse("signed_out", 401);
  if (user.role === "seller") {
    logForbidden(user);
    return refuse("forbidden", 403);
  }
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  return Response.json(await getProofPage(proofAddressSchema.parse(asked).date));
}

function refuse(code: string, status: number): Response {
  return Response.json({ code }, { status });
}
