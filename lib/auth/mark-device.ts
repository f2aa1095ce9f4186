import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { KEPT } from "@/lib/preferences/schema";
import { toSessionCookie } from "./claims";
import { DEVICE_COOKIE, newDevice, readDevice } from "./device";

/** This browser has proved to be the person's: strangers' wrong tries do not make it wait. */
export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const jar = await cookies();
  if (readDevice(jar.get(DEVICE_COOKIE)?.value, email, secret)) return;
  const { secure } = toSessionCookie().options;
  jar.set(DEVICE_COOKIE, newDevice(email, secret), { ...KEPT, secure });
}
