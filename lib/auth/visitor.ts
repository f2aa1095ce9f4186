import "server-only";
import { cookies, headers } from "next/headers";
import { DEVICE_COOKIE } from "./device";
import type { Visitor } from "./to-turns";

/** scripts/serve.ts writes x-forwarded-for itself: it holds one address, which can be believed. */
export async function readVisitor(): Promise<Visitor> {
  const address = (await headers()).get("x-forwarded-for") ?? "";
  return { address, device: (await cookies()).get(DEVICE_COOKIE)?.value };
}
