import { currentUser, logForbidden } from "@/lib/auth/session";
import { findInKommo } from "@/lib/delivery/queries";
import { stuckIdsSchema } from "@/lib/delivery/schema";

/** What Kommo shows for leads that wait for a person; a POST, because the ids of 500 leads are too long for an address. */
export async function POST(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });
  if (user.role === "seller") {
    logForbidden(user);
    return Response.json({ code: "forbidden" }, { status: 403 });
  }

  const asked = stuckIdsSchema.safeParse(await request.json().catch(() => undefined));
  if (!asked.success) return Response.json({ code: "invalid" }, { status: 422 });
  const found = await findInKommo(asked.data.ids);
  if (typeof found === "object") return Response.json(found);
  return Response.json({ code: found ?? "kommo_silent" }, { status: 503 });
}
