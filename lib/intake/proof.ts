import "server-only";
import { createHmac } from "node:crypto";
import { createChallenge, extractParams, verifySolution } from "altcha-lib/v1";

// A slow phone solves it in about a second, while the visitor types.
const HARDEST = 50_000;
const VALID_MS = 60 * 60 * 1000;
const LONGEST = 2000;

/** A challenge of ALTCHA for one form: to be solved within an hour, and spent with one lead. */
export function drawChallenge(formId: string, secret: string, now: number) {
  const expires = new Date(now + VALID_MS);
  return createChallenge({ hmacKey: toKey(formId, secret), maxNumber: HARDEST, expires });
}

/** What is written down when it is spent, and until when (epoch ms). */
export type Proof = { challenge: string; forgetAt: number };

/** Undefined where it is not solved, not ours, of another form, or too late. */
export async function readProof(
  payload: string,
  formId: string,
  secret: string,
  now: number,
): Promise<Proof | undefined> {
  if (payload === "" || payload.length > LONGEST) return undefined;
  try {
    const expires = Number(extractParams(payload).expires) * 1000;
    const isInTime = expires > now && expires <= now + VALID_MS;
    if (!isInTime || !(await verifySolution(payload, toKey(formId, secret), false))) return undefined;
    const { challenge } = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return { challenge: String(challenge), forgetAt: expires };
  } catch {
    return undefined;
  }
}

function toKey(formId: string, secret: string): string {
  return createHmac("sha256", secret).update(`proof ${formId}`).digest("base64url");
}
