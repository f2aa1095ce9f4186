import "server-only";
import { getEnv } from "@/lib/env";
import { findCookie, saveCookie } from "@/lib/preferences/own-cookies";
import { createDeviceMark, DEVICE_COOKIE, parseDeviceMark } from "./device";
import type { SessionHolder } from "./find-person-of-session";

export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const mark = await findCookie(DEVICE_COOKIE);
  if (!parseDeviceMark(mark, email, secret)) await saveCookie(DEVICE_COOKIE, createDeviceMark(email, secret));
}

/** The browser becomes a known one when the sign-in, which waited for the second factor, is complete. */
export async function markDeviceOfSignIn({
  user,
  waitsFor,
}: Pick<SessionHolder, "user" | "waitsFor">): Promise<void> {
  if (waitsFor === "factor") await markDevice(user.email);
}
