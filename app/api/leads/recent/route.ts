import { currentUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { listTray } from "@/lib/leads/queries";

/** Includes the server's time, because the browser's clock may be wrong. */
export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  return Response.json({ now: tellTime(), ...(await listTray(user.id)) });
}
