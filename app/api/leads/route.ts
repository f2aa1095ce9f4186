import { submitLead } from "@/lib/leads/actions";
import { answerBody } from "./gate";

/** Where a form goes whose action cannot answer: a tab from before a deployment, or a retry. Its address never changes. */
export function POST(request: Request): Promise<Response> {
  return answerBody(request, submitLead);
}
