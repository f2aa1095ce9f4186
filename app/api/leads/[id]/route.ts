import { answerBody } from "@/app/api/leads/gate";
import { currentUser } from "@/lib/auth/session";
import { correctLead } from "@/lib/leads/actions";
import { findLeadToCorrect } from "@/lib/leads/queries";

/** A lead for its author to correct. */
export async function GET(_: Request, { params }: RouteContext<"/api/leads/[id]">): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ code: "signed_out" }, { status: 401 });

  const lead = await findLeadToCorrect((await params).id, user.id);
  return lead ? Response.json(lead) : Response.json({ code: "already_left" }, { status: 409 });
}

/** The corrected lead. Its id is in the body. */
export function POST(request: Request): Promise<Response> {
  return answerBody(request, correctLead);
}
