import { sha256 } from "./sha256";

/** As ALTCHA has it: the number for which SHA-256 of `salt` and the number is `challenge`. */
type Challenge = { algorithm: string; challenge: string; salt: string; signature: string; maxnumber: number };

// Short enough that the page answers to what the visitor types.
const TURN_MS = 12;
// Well before the challenge expires.
const GOOD_FOR_MS = 50 * 60 * 1000;

/** Solves the challenge at `address` while the visitor types. Answers the field's value; a failure starts anew. */
export function createProof(address: string): () => Promise<string> {
  let solved: { at: number; value: Promise<string> } | undefined;
  return () => {
    if (!solved || Date.now() - solved.at > GOOD_FOR_MS) {
      const value = fetch(address)
        .then((answer) => answer.json())
        .then(solve);
      value.catch(() => {
        solved = undefined;
      });
      solved = { at: Date.now(), value };
    }
    return solved.value;
  };
}

/** The payload in base64. Rejects when there is no solution. */
export async function solve({
  algorithm,
  challenge,
  salt,
  signature,
  maxnumber,
}: Challenge): Promise<string> {
  let turnEnds = Date.now() + TURN_MS;
  for (let number = 0; number <= maxnumber; number++) {
    if (sha256(salt + number) === challenge)
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    if (Date.now() < turnEnds) continue;
    await new Promise((resolve) => setTimeout(resolve));
    turnEnds = Date.now() + TURN_MS;
  }
  throw new Error("no solution");
}
