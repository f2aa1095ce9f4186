import { currentUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { getQueueStop } from "@/lib/queue/queries";

/** Whether leads are being sent, for everyone who is signed in. */
export async function GET(): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  return Response.json({ now: tellTime(), queueStop: await getQueueStop() });
}
