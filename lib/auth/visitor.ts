import "server-only";
import { cookies, headers } from "next/headers";
import { DEVICE_COOKIE } from "./device";
import { toBrowserName } from "./to-browser-name";
import type { Visitor } from "./to-turns";

/** scripts/serve.ts writes x-forwarded-for itself: it holds one address, which can be believed. */
export async function readVisitor(): Promise<Visitor & { browser: string | null }> {
  const head = await headers();
  return {
    address: head.get("x-forwarded-for") ?? "",
    device: (await cookies()).get(DEVICE_COOKIE)?.value,
    browser: toBrowserName(head.get("user-agent")),
  };
}
