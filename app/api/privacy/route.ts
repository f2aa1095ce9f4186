import { currentUser, logForbidden } from "@/lib/auth/session";
import { findLeadsOfPerson } from "@/lib/privacy/queries";
import { contactSchema } from "@/lib/privacy/schema";

/** A POST, because a phone in an address would end up in histories and logs. */
export async function POST(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });
  if (user.role !== "admin") {
    logForbidden(user);
    return Response.json({ code: "forbidden" }, { status: 403 });
  }

  const asked = contactSchema.safeParse(await request.json().catch(() => undefined));
  if (!asked.success) return Response.json({ code: "invalid" }, { status: 422 });
  return Response.json(await findLeadsOfPerson(asked.data.contact, user.id));
}
