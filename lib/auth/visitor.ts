import "server-only";
import { headers } from "next/headers";
import { findCookie } from "@/lib/preferences/own-cookies";
import { DEVICE_COOKIE } from "./device";
import type { Visitor } from "./to-limit-keys";

/** scripts/serve.ts writes x-forwarded-for itself, so it holds one trustworthy address. */
export async function getVisitor(): Promise<Visitor> {
  const requestHeaders = await headers();
  return {
    address: requestHeaders.get("x-forwarded-for") ?? "",
    device: await findCookie(DEVICE_COOKIE),
  };
}
