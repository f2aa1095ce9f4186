import { answerDisabled } from "@/lib/account/handler";

/** Public: Kommo asks it when somebody disables the integration, and its signature is the gate. */
export async function GET(request: Request): Promise<Response> {
  return answerDisabled(request);
}
