import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";
import { keepCookie } from "@/lib/preferences/keep-cookie";
import { DEVICE_COOKIE, newDevice, readDevice } from "./device";

/** Marks this browser as the person's own, so that the wrong attempts of strangers do not delay it. */
export async function markDevice(email: string): Promise<void> {
  const { secret } = getEnv();
  const mark = (await cookies()).get(DEVICE_COOKIE)?.value;
  if (!readDevice(mark, email, secret)) await keepCookie(DEVICE_COOKIE, newDevice(email, secret));
}
