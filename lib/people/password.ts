import "server-only";
import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { arePasswordsOn } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isCommonPassword } from "./common-passwords";

// OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane.
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

const derive = promisify<"argon2id", Argon2Parameters, Buffer>(argon2);

// Whatever is left of a password without the words that everybody knows of a person.
const LEAST_OF_ONES_OWN = 6;
const SHORTEST_WORD = 3;

type Named = { email: string; name: string };

/** Throws `passwords_off` where everyone signs in through single sign-on. */
export function requirePasswords(): void {
  if (!arePasswordsOn()) throw new AppError("passwords_off");
}

/**
 * For every password that is set. Throws `invalid` for one that a guesser tries first: a common one, or the person's own
 * data; and `passwords_off`.
 */
export function requireStrongPassword(password: string, person: Named): void {
  requirePasswords();
  const folded = password.normalize("NFC").toLowerCase();
  const problem = isCommonPassword(folded)
    ? "password_common"
    : isOwnData(folded, person)
      ? "password_personal"
      : undefined;
  if (problem) throw new AppError("invalid", { fields: { password: problem } });
}

function isOwnData(folded: string, { email, name }: Named): boolean {
  const words =
    `${email} ${name} lead desk kommo`
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const rest = words
    .filter((word) => word.length >= SHORTEST_WORD)
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, " "), folded);
  return rest !== folded && rest.replaceAll(/[^\p{L}\p{N}]/gu, "").length < LEAST_OF_ONES_OWN;
}

/** A PHC string, so that older passwords stay valid when the cost changes. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const key = await derive("argon2id", { message: password.normalize("NFC"), nonce, tagLength: 32, ...COST });
  const cost = `m=${COST.memory},t=${COST.passes},p=${COST.parallelism}`;
  return `$argon2id$v=19$${cost}$${toBase64(nonce)}$${toBase64(key)}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, nonce, key] = PHC.exec(hash) ?? [];
  if (!nonce || !key) return false;

  const expected = Buffer.from(key, "base64");
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  // Older hashes are of the password as it was typed, which may have been in either form.
  for (const message of new Set([password.normalize("NFC"), password, password.normalize("NFD")])) {
    const tagLength = expected.length;
    const actual = await derive("argon2id", {
      message,
      nonce: Buffer.from(nonce, "base64"),
      tagLength,
      ...cost,
    });
    if (timingSafeEqual(actual, expected)) return true;
  }
  return false;
}

function toBase64(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
