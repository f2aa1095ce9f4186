import { currentUser, logForbidden } from "@/lib/auth/session";
import { getDelivery } from "@/lib/delivery/queries";

export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });
  if (user.role !== "admin") {
    logForbidden(user);
    return Response.json({ code: "forbidden" }, { status: 403 });
  }

  return Response.json(await getDelivery());
}
