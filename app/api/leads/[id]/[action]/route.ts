import { answerPress } from "@/app/api/leads/gate";
import { pauseHold, resumeHold, sendNow, withdrawLead } from "@/lib/leads/actions";

const actions = new Map([
  ["pause", pauseHold],
  ["resume", resumeHold],
  ["send-now", sendNow],
  ["withdraw", withdrawLead],
]);

/** What a person may do to a held lead. The address stays the same across deployments. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/leads/[id]/[action]">,
): Promise<Response> {
  const { id, action } = await params;
  const run = actions.get(action);
  if (!run) return Response.json({ code: "not_found" }, { status: 404 });
  return answerPress(request, () => run(id));
}
