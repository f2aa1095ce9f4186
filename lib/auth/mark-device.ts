import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { saveCookie } from "@/lib/preferences/save-cookie";
import { createDeviceMark, DEVICE_COOKIE, parseDeviceMark } from "./device";

export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const mark = (await cookies()).get(DEVICE_COOKIE)?.value;
  if (!parseDeviceMark(mark, email, secret)) await saveCookie(DEVICE_COOKIE, createDeviceMark(email, secret));
}
