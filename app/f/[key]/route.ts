import { answerHostedForm } from "@/lib/hosted-form/handler";

/** Public: the key in the address is the gate. */
export async function GET(request: Request, { params }: RouteContext<"/f/[key]">): Promise<Response> {
  return answerHostedForm(request, (await params).key);
}
