import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { keepCookie } from "@/lib/preferences/keep-cookie";
import { DEVICE_COOKIE, newDevice, readDevice } from "./device";

/** This browser has proved to be the person's: strangers' wrong tries do not make it wait. */
export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const mark = (await cookies()).get(DEVICE_COOKIE)?.value;
  if (!readDevice(mark, email, secret)) await keepCookie(DEVICE_COOKIE, newDevice(email, secret));
}
