import "server-only";
import { cookies } from "next/headers";
import { getEnv } from "@/lib/env";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function saveCookie(name: string, value: string): Promise<void> {
  const secure = getEnv().appUrl.startsWith("https:");
  (await cookies()).set(name, value, { maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure });
}
