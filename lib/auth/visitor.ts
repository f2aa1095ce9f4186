import "server-only";
import { cookies, headers } from "next/headers";
import { DEVICE_COOKIE } from "./device";
import type { Visitor } from "./to-limit-keys";

/** scripts/serve.ts writes x-forwarded-for itself: it holds one address, which can be believed. */
export async function readVisitor(): Promise<Visitor> {
  const head = await headers();
  return {
    address: head.get("x-forwarded-for") ?? "",
    device: (await cookies()).get(DEVICE_COOKIE)?.value,
  };
}
