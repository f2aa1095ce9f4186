import { answerFormScript } from "@/lib/hosted-form/handler";

/** Public: the same script for every page. */
export function GET(): Response {
  return answerFormScript();
}
