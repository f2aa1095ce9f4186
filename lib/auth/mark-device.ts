import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { saveCookie } from "@/lib/preferences/save-cookie";
import { createDeviceMark, DEVICE_COOKIE, parseDeviceMark } from "./device";
import type { SessionHolder } from "./find-person-of-session";

export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const mark = (await cookies()).get(DEVICE_COOKIE)?.value;
  if (!parseDeviceMark(mark, email, secret)) await saveCookie(DEVICE_COOKIE, createDeviceMark(email, secret));
}

/** The browser becomes a known one when the sign-in, which waited for the second factor, is complete. */
export async function markDeviceOfSignIn({
  user,
  waitsFor,
}: Pick<SessionHolder, "user" | "waitsFor">): Promise<void> {
  if (waitsFor === "factor") await markDevice(user.email);
}
