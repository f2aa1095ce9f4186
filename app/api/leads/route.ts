import { submitLead } from "@/lib/leads/actions";
import { answerBody } from "./gate";

/** For a form whose action cannot answer: a tab from before a deployment, or a retry. The address never changes. */
export function POST(request: Request): Promise<Response> {
  return answerBody(request, submitLead);
}
