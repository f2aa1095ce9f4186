import "server-only";
import type { SessionHolder } from "@/lib/auth/find-person-of-session";
import { markDeviceOfSignIn } from "@/lib/auth/mark-device";
import { toCodeLimitKeys } from "@/lib/auth/to-limit-keys";
import { getVisitor } from "@/lib/auth/visitor";
import { getEnv } from "@/lib/env";
import { askForPasskey } from "@/lib/second-factor/passkeys";
import type { PasskeyAnswer, TypedCode } from "@/lib/second-factor/schema";
import * as mutations from "./mutations";
import type { PasswordProof } from "./schema";

export async function proveWithCode(
  typed: TypedCode,
  holder: SessionHolder,
): Promise<{ codesLeft?: number }> {
  const spent = await mutations.proveByCode(typed, holder, await findOrigin(holder));
  await markDeviceOfSignIn(holder);
  return spent;
}

export async function startPasskeyProof({ user, session }: SessionHolder) {
  return askForPasskey(user.id, session);
}

export async function proveWithPasskey(answer: PasskeyAnswer, holder: SessionHolder): Promise<void> {
  await mutations.proveByPasskey(answer, holder, await findOrigin(holder));
  await markDeviceOfSignIn(holder);
}

export async function proveWithPassword(typed: PasswordProof, holder: SessionHolder): Promise<void> {
  await mutations.proveByPassword(typed, holder, (await getVisitor()).address);
}

async function findOrigin({ user }: SessionHolder) {
  const visitor = await getVisitor();
  return { limitKeys: toCodeLimitKeys(user, visitor, getEnv().secret), address: visitor.address };
}
