import { answerPress } from "@/app/api/leads/gate";
import { pauseHold, resumeHold, sendNow, withdrawLead } from "@/lib/leads/actions";

const acts = new Map([
  ["pause", pauseHold],
  ["resume", resumeHold],
  ["send-now", sendNow],
  ["withdraw", withdrawLead],
]);

/** What a person may do to a held lead. The address stays the same across deployments. */
export async function POST(_: Request, { params }: RouteContext<"/api/leads/[id]/[act]">): Promise<Response> {
  const { id, act } = await params;
  const run = acts.get(act);
  if (!run) return Response.json({ code: "not_found" }, { status: 404 });
  return answerPress(() => run(id));
}
