import { askToSignIn, finishOauth } from "@/lib/account/handler";
import { currentSession, logForbidden } from "@/lib/auth/session";

/** Kommo's page leads an admin back here: the session and the `state` that was made for it are the gate. */
export async function GET(request: Request): Promise<Response> {
  const current = await currentSession();
  if (!current) return askToSignIn();
  if (current.user.role !== "admin") {
    logForbidden(current.user);
    return Response.json({ code: "forbidden" }, { status: 403 });
  }
  return finishOauth(request, { personId: current.user.id, session: current.session });
}
