import { answerFormParts } from "@/lib/hosted-form/handler";

/** Public: the key in the address is the gate. */
export async function GET(request: Request, { params }: RouteContext<"/f/[key]/form">): Promise<Response> {
  return answerFormParts(request, (await params).key);
}
