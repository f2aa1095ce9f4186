import { answerHook } from "@/lib/kommo-hooks/handler";

/** Public: the secret in the address is the gate. */
export async function POST(
  request: Request,
  { params }: RouteContext<"/api/kommo/hooks/[secret]">,
): Promise<Response> {
  return answerHook(request, (await params).secret);
}
