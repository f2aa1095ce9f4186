import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Entry } from "@/lib/domain/intake/to-entries";
import type { Suspicion } from "@/lib/domain/lead/states";

/** Nobody sees these fields, so only a program fills them in. */
const TRAPS = ["_trap", "_gotcha"];
const TOKEN = "_time";
// Faster than anybody types a name and a phone.
const SOONEST_MS = 2000;
const LATEST_MS = 24 * 60 * 60 * 1000;

/** Says when the visitor's page was opened. Only this desk can make one, and it is good for this form alone. */
export function toTimeToken(formId: string, secret: string, now: number): string {
  return `${now}.${sign(formId, String(now), secret)}`;
}

type Checked = { formId: string; asksToken: boolean; isOften: boolean; lacksProof: boolean };

/** Why somebody should look at it first; undefined for most leads. */
export function findSuspicion(
  entries: readonly Entry[],
  { formId, asksToken, isOften, lacksProof }: Checked,
  secret: string,
  now: number,
): Suspicion | undefined {
  if (entries.some(({ name }) => TRAPS.includes(name))) return "spam_trap";
  const token = entries.find(({ name }) => name === TOKEN)?.value;
  if (token !== undefined || asksToken) {
    const age = now - readTime(token ?? "", formId, secret);
    if (!(age >= 0 && age <= LATEST_MS)) return "spam_token";
    if (age < SOONEST_MS) return "spam_fast";
  }
  if (lacksProof) return "spam_proof";
  return isOften ? "spam_rate" : undefined;
}

/** Not a number for a token that is not ours. */
function readTime(token: string, formId: string, secret: string): number {
  const [time = "", signature = ""] = token.split(".");
  const [given, expected] = [Buffer.from(signature), Buffer.from(sign(formId, time, secret))];
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  return isOurs ? Number(time) : Number.NaN;
}

function sign(formId: string, time: string, secret: string): string {
  return createHmac("sha256", secret).update(`time ${formId} ${time}`).digest("base64url");
}
